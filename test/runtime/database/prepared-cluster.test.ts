import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPglite } from '../../../runtime/database/pglite.ts';

const before = process.env['TMPDIR'];
let home: string;
/** Where the first start in an empty temporary folder keeps its cluster. */
let folder: string;
let archive: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'supercompile-test-'));
  process.env['TMPDIR'] = home;
  await answer();
  folder = join(home, readdirSync(home)[0] ?? '');
  archive = join(folder, readdirSync(folder)[0] ?? '');
});
afterAll(() => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  rmSync(home, { recursive: true, force: true });
});

async function answer(directory?: string): Promise<unknown> {
  const database = await openPglite(directory);
  const { rows } = await database.query({ text: 'select 1', values: [] });
  await database.close();
  return rows;
}

test('the first cluster is kept for this user alone, and a damaged one is made again', async () => {
  expect(readdirSync(folder)).toHaveLength(1);
  expect(statSync(folder).mode & 0o777).toBe(0o700);

  const good = statSync(archive).size;
  writeFileSync(archive, 'not an archive');
  // One in memory would still have what was unpacked before.
  expect(await answer(join(home, 'data'))).toEqual([['1']]);
  expect(statSync(archive).size).toBeGreaterThan(good / 2);
});

test('a folder that others can write to is not trusted', async () => {
  writeFileSync(archive, 'planted');
  chmodSync(folder, 0o777);
  expect(await answer()).toEqual([['1']]);
  expect(statSync(archive).size).toBe('planted'.length);
});
