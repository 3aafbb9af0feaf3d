import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataDirectoryLocked, lockDirectory } from '../../../runtime/database/directory-lock.ts';
import { openPglite } from '../../../runtime/database/pglite.ts';

let directory: string;
beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'supercompile-test-')), 'data');
});
afterEach(() => rmSync(join(directory, '..'), { recursive: true, force: true }));

const HOLDER = `
import { lockDirectory } from '${new URL('../../../runtime/database/directory-lock.ts', import.meta.url).href}';
try { await lockDirectory(process.argv[1]); console.log('held'); process.stdin.resume(); }
catch (error) { console.log(error.name); }
`;

/** A process that tries to take the directory, and the word it answers with. */
async function startHolder(): Promise<{ readonly answer: string; readonly kill: () => Promise<void> }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, directory], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [answer] = await once(createInterface(child.stdout), 'line');
  return {
    answer: String(answer),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

test('what is written to a directory is there when it is opened again', async () => {
  const first = await openPglite(directory);
  await first.session((session) => session.script('create table kept (id int); insert into kept values (7)'));
  await first.close();

  const second = await openPglite(directory);
  expect((await second.query({ text: 'select id from kept', values: [] })).rows).toEqual([['7']]);
  await second.close();
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  expect(readdirSync(directory).toSorted()).toEqual(['lock', 'postgres']);
});

test('a second opening of the directory is refused with the way out, and works after the first is closed', async () => {
  const first = await openPglite(directory);
  const refused = await openPglite(directory).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(DataDirectoryLocked);
  expect(String(refused)).toContain(directory);
  expect(String(refused)).toContain('DATABASE_URL');
  await first.close();
  await (await openPglite(directory)).close();
});

test('another process is refused, and kill -9 of the holder frees the directory at once', async () => {
  const holder = await startHolder();
  expect(holder.answer).toBe('held');
  await expect(lockDirectory(directory)).rejects.toBeInstanceOf(DataDirectoryLocked);
  await holder.kill();
  const lock = await lockDirectory(directory);
  lock.release();
});

test('of processes that start at the same moment exactly one gets the directory', async () => {
  const holders = await Promise.all(Array.from({ length: 6 }, startHolder));
  const answers = holders.map(({ answer }) => answer).toSorted();
  expect(answers).toEqual([...Array.from({ length: 5 }, () => 'DataDirectoryLocked'), 'held']);
  await Promise.all(holders.map(({ kill }) => kill()));
});

test('a half-made data directory of a killed process is replaced', async () => {
  const lock = await lockDirectory(directory);
  lock.release();
  mkdirSync(join(directory, 'postgres.new'));
  writeFileSync(join(directory, 'postgres.new', 'PG_VERSION'), '18');
  await (await openPglite(directory)).close();
  expect(existsSync(join(directory, 'postgres.new'))).toBe(false);
});
