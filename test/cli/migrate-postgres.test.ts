import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { testPostgres } from '../test-postgres.ts';
import { writeTree } from '../output/temporary-folder.ts';
import { GOOD_SPEC, folderWith, runCommand } from './run-command.ts';
import type { CommandRun } from './run-command.ts';

let server: string;

beforeAll(async () => {
  server = (await testPostgres()).url;
});

test('a sealed migration goes to a real database, whatever kind of run it is', async () => {
  const cwd = await compiled();
  const url = await createDatabase('cli_sealed');
  await runCommand({ cwd }, 'migrate', 'seal');
  const up = await migrate(cwd, url, 'production', 'up');
  expect(up).toMatchObject({ status: 0, stdout: expect.stringMatching(/^0001_\w+\n$/) });
  expect(up.stderr).toContain('step 1 of');
  expect((await migrate(cwd, url, 'production', 'status')).stdout).toMatch(/^applied {2}sealed 0001_\w+\n$/);
});

test('a migration that was edited is refused', async () => {
  const cwd = await compiled();
  const url = await createDatabase('cli_edited');
  const [name = ''] = readdirSync(join(cwd, 'backend/migrations')).filter((file) => file.endsWith('.sql'));
  const path = `backend/migrations/${name}`;
  writeTree(cwd, { [path]: `${readFileSync(join(cwd, path), 'utf8')}-- mine\n` });
  expect(await migrate(cwd, url, 'test', 'up')).toMatchObject({ status: 4, stdout: expect.stringContaining('SC4902') });
});

test('a step that the database refuses is named with the reason', async () => {
  const cwd = await compiled();
  const url = await createDatabase(
    'cli_failed',
    'create table public.plants (id int)',
    'create schema if not exists greenhouse',
    'create table greenhouse.plants (id int)',
  );
  const run = await migrate(cwd, url, 'test', 'up');
  expect(run.status).toBe(4);
  expect(run.stdout).toMatch(/SC4903 "0001_\w+" was not applied: step 1: /);
});

test('what a hand did to a table is refused by its name, unless the spec says whose it is', async () => {
  const cwd = await compiled();
  const url = await createDatabase('cli_drifted');
  expect((await migrate(cwd, url, 'test', 'up')).status).toBe(0);
  await runCommand({ cwd }, 'migrate', 'seal');
  await run(url, ['alter table public.plants add legacy_code text']);
  const grown = GOOD_SPEC.replace('    access:', '      notes: { type: text, optional: true }\n    access:');
  writeTree(cwd, { 'app.yaml': grown });
  await runCommand({ cwd }, 'build');
  const refused = await migrate(cwd, url, 'test', 'up');
  expect(refused).toMatchObject({ status: 4, stdout: expect.stringMatching(/SC4904 "column plants.legacy_code /) });
  writeTree(cwd, { 'app.yaml': `${grown}database: { unmanaged: [plants.legacy_code] }\n` });
  expect(await runCommand({ cwd }, 'build')).toMatchObject({ status: 0 });
  expect(await migrate(cwd, url, 'test', 'up')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^0002_\w+\n$/),
  });
});

test('a login without rights is the database’s refusal, not a bug', async () => {
  const cwd = await compiled();
  const url = await createDatabase(
    'cli_rights',
    'do $$ begin create role cli_reader login; exception when duplicate_object then null; end $$',
    'revoke all on schema public from public',
  );
  const reader = new URL(url);
  reader.username = 'cli_reader';
  const run = await migrate(cwd, reader.href, 'test', 'up');
  expect(run).toMatchObject({ status: 69, stdout: expect.stringContaining('SC6202') });
});

async function compiled(): Promise<string> {
  const cwd = folderWith({ 'app.yaml': GOOD_SPEC });
  expect((await runCommand({ cwd }, 'build')).status).toBe(0);
  return cwd;
}

function migrate(cwd: string, url: string, appEnv: string, verb: string): Promise<CommandRun> {
  return runCommand({ cwd, env: { APP_ENV: appEnv, DATABASE_URL: '', MIGRATION_DATABASE_URL: url } }, 'migrate', verb);
}

async function createDatabase(name: string, ...statements: readonly string[]): Promise<string> {
  await run(server, [`create database ${name}`]);
  const url = new URL(server);
  url.pathname = name;
  await run(url.href, statements);
  return url.href;
}

async function run(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
