import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres } from '../postgres.ts';
import { tourOutage } from '../tour/outage.ts';
import { unseenStatuses } from '../tour/tour.ts';
import { buildBackend, runNode, startBackend } from './compiled-backend.ts';
import { compareDatabaseTypes } from './database-types.ts';
import { seedRows } from './seed-rows.ts';
import { readOpenApi, tourBackend } from './tour-backend.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

let folder = '';
let server: Awaited<ReturnType<typeof startPostgres>>;

const SECRET = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
const environment = (): Record<string, string> => ({ DATABASE_URL: server.url, APP_SECRET: SECRET });

beforeAll(async () => {
  folder = createFolder('field-station');
  await buildBackend('test/specs/field-station/app.yaml', folder);
  server = await startPostgres();
  const { code, stderr } = await runNode(folder, ['app/migrate.ts'], environment());
  if (code !== 0) throw new Error(`the migrations failed: ${stderr}`);
  await seedRows('test/specs/field-station', server.url);
});

afterAll(async () => {
  await server?.close();
  removeFolder(folder);
});

test('migrating a second time has nothing to do', async () => {
  const { code, stdout } = await runNode(folder, ['app/migrate.ts'], environment());
  expect(stdout).toMatch(/^migrating Postgres at [\w.:]+\/\w+\nnothing to apply\n$/);
  expect(code).toBe(0);
});

test('the types of database.ts are what kysely-codegen reads out of the migrated database', async () => {
  expect(await compareDatabaseTypes(folder, server.url, 'station')).toBe('');
  const path = join(folder, 'app/database.ts');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('legs: number;', 'legs: number | null;'));
  expect(await compareDatabaseTypes(folder, server.url, 'station')).toContain('database-types.ts');
  writeFileSync(path, text);
});

test(
  'the tour and an outage see every operation and every declared status, and nothing wrong',
  { timeout: 90_000 },
  async () => {
    const { failures, seen } = await tourBackend(folder, environment());
    expect(failures).toEqual([]);
    const outage = await tourWithoutDatabase();
    expect(outage.failures).toEqual([]);
    expect(unseenStatuses(readOpenApi(folder), [...seen, ...outage.seen])).toEqual([]);
  },
);

/** The database goes while the server runs; readiness says so, and is back as soon as the database is. */
async function tourWithoutDatabase(): Promise<Awaited<ReturnType<typeof tourOutage>>> {
  const backend = await startBackend(folder, { ...environment(), LOG_LEVEL: 'silent' });
  try {
    await server.stop('fast');
    const report = await tourOutage(backend.url, readOpenApi(folder));
    const statusOf = async (path: string): Promise<number> => (await fetch(new URL(path, backend.url))).status;
    expect(await statusOf('/readyz')).toBe(503);
    expect(await statusOf('/livez')).toBe(200);
    await server.start();
    await expect.poll(() => statusOf('/readyz'), { timeout: 10_000 }).toBe(200);
    return report;
  } finally {
    await backend.stop();
  }
}
