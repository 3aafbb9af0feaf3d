import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPglite } from '../../../runtime/database/pglite.ts';

let home: string;
const before = process.env['TMPDIR'];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'supercompile-test-'));
  process.env['TMPDIR'] = home;
});
afterEach(() => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  rmSync(home, { recursive: true, force: true });
});

async function answer(): Promise<unknown> {
  const database = await openPglite();
  const { rows } = await database.query({ text: 'select 1', values: [] });
  await database.close();
  return rows;
}

test('the first cluster is kept for this user alone, and a damaged one is made again', async () => {
  expect(await answer()).toEqual([['1']]);
  const folder = join(home, readdirSync(home)[0] ?? '');
  const [archive = '', ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  expect(statSync(folder).mode & 0o777).toBe(0o700);

  const good = statSync(join(folder, archive)).size;
  writeFileSync(join(folder, archive), 'not an archive');
  expect(await answer()).toEqual([['1']]);
  expect(statSync(join(folder, archive)).size).toBeGreaterThan(good / 2);
});

test('a folder that others can write to is not trusted', async () => {
  await answer();
  const folder = join(home, readdirSync(home)[0] ?? '');
  const [archive = ''] = readdirSync(folder);
  writeFileSync(join(folder, archive), 'planted');
  chmodSync(folder, 0o777);
  expect(await answer()).toEqual([['1']]);
  expect(statSync(join(folder, archive)).size).toBe('planted'.length);
});
