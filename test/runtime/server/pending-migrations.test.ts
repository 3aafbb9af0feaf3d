import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../runtime/testing/test-database.ts';
import { testPostgres } from '../../test-postgres.ts';
import { createBackendFolder, startProgram, type BackendOnDisk, type RunningProgram } from './start-program.ts';

const MIGRATIONS = join(import.meta.dirname, '../../../examples/lead-tracker/backend/migrations');

let postgres: TestDatabase;
let backend: BackendOnDisk;
const running: RunningProgram[] = [];

beforeAll(async () => {
  postgres = await startTestDatabase((await testPostgres()).url);
});
afterAll(() => postgres.close());
beforeEach(() => {
  backend = createBackendFolder();
  cpSync(MIGRATIONS, join(backend.directory, 'migrations'), { recursive: true });
});
afterEach(async () => {
  for (const program of running) program.signal('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));
  running.length = 0;
  backend.remove();
});

function start(environment: Readonly<Record<string, string>>): RunningProgram {
  const program = startProgram(backend.directory, {
    DATABASE_URL: postgres.url ?? '',
    APP_ENV: 'test',
    ...environment,
  });
  running.push(program);
  return program;
}

test('a Postgres without its migrations is not served: one line and exit 4', async () => {
  const { code, stderr } = await start({}).ended;
  expect(code).toBe(4);
  expect(stderr).toMatch(/^the database lacks 0001_\w+; apply what is pending with: node app\/migrate\.ts\n$/);
});

test('a step that fails is told with what Postgres said of it', async () => {
  await postgres.database.session((session) => session.script('create table accounts ()'));
  const { code, stderr } = await start({ MIGRATE_ON_START: 'on' }).ended;
  await postgres.database.session((session) => session.script('drop table accounts'));
  expect(code).toBe(4);
  expect(stderr).toMatch(/^migration 0001_\w+ failed at step 1; .*\n.*SQLSTATE 42P07.*\n$/);
});

test('the server migrates a Postgres when it is told to, and serves one that is ahead of its code', async () => {
  await start({ MIGRATE_ON_START: 'on' }).listening;
  await start({}).listening;
  await postgres.database.session((session) =>
    session.script(
      `insert into supercompile_migrations (id, sha256, step, steps, finished_at) values ('0002_newer_0a1b2c3d', '', 1, 1, now())`,
    ),
  );
  await start({}).listening;
});
