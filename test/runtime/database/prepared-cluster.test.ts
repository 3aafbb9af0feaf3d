import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPglite } from '../../../runtime/database/pglite.ts';
import { archivePath } from '../../../runtime/database/prepared-cluster.ts';

const before = process.env['TMPDIR'];
let home: string;
/** Where a start with an empty temporary folder keeps its cluster. */
let archive: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'supercompile-test-'));
  process.env['TMPDIR'] = home;
  archive = archivePath() ?? '';
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

test('a damaged cluster is made again, and kept for this user alone', async () => {
  expect(statSync(dirname(archive)).mode & 0o777).toBe(0o700);
  writeFileSync(archive, 'not an archive');
  expect(await answer(join(home, 'data'))).toEqual([['1']]);
  const kept = statSync(archive);
  expect(kept.size).toBeGreaterThan(1_000_000);

  expect(await answer(join(home, 'other'))).toEqual([['1']]);
  expect(statSync(archive).mtimeMs).toBe(kept.mtimeMs);
  expect(readdirSync(dirname(archive))).toEqual([basename(archive)]);
});

test('a folder that others can write to is not trusted', async () => {
  writeFileSync(archive, 'planted');
  chmodSync(dirname(archive), 0o777);
  expect(archivePath()).toBeUndefined();
  expect(await answer()).toEqual([['1']]);
  expect(statSync(archive).size).toBe('planted'.length);
});
