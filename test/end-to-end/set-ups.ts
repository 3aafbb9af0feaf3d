import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startTestDatabase } from '../../runtime/testing/test-database.ts';
import { hasPostgres } from '../describe-databases.ts';
import { openEmbeddedInspector, openPostgresInspector, type Inspector } from '../fuzz/witness.ts';
import type { PostgresVersion } from '../postgres.ts';
import { testPostgres } from '../test-postgres.ts';
import { runNode, type Environment } from './compiled-backend.ts';
import { hasPgBouncer, startPgBouncer } from './pgbouncer.ts';
import { makeServerLogin } from './server-login.ts';

/** A way to run compiled backends. */
export interface SetUp {
  readonly name: string;
  readonly isUsable: boolean;
  /** Prepares a database of its own for the backend in `folder`. */
  readonly open: (folder: string) => Promise<OpenSetUp>;
}

export interface OpenSetUp {
  /** Of the server. */
  readonly environment: Environment;
  /** Of the backend's own tests. */
  readonly testEnvironment: Environment;
  /** Of the tables' owner; the embedded database has none. */
  readonly ownerUrl: string | undefined;
  /** Looks into the database of a server that listens at `url`. */
  readonly inspect: (url: string) => Promise<Inspector>;
  readonly close: () => Promise<void>;
}

const SECRET = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';

/** Every way that compiled backends are promised to run. */
export const SET_UPS: readonly SetUp[] = [
  { name: 'PGlite', isUsable: true, open: openEmbedded },
  ...(['15', '18'] as const).flatMap((version) => [
    { name: `Postgres ${version}`, isUsable: hasPostgres(version), open: onPostgres(version, {}) },
    {
      name: `Postgres ${version} without lanes`,
      isUsable: hasPostgres(version),
      open: onPostgres(version, { DATABASE_LANES: '0' }),
    },
  ]),
  { name: 'PgBouncer in transaction mode', isUsable: hasPgBouncer, open: behindPgBouncer },
];

async function openEmbedded(folder: string): Promise<OpenSetUp> {
  return {
    environment: {},
    testEnvironment: {},
    ownerUrl: undefined,
    inspect: async (url) => openEmbeddedInspector(url),
    close: async () => rmSync(join(folder, '.data'), { recursive: true, force: true }),
  };
}

function onPostgres(version: PostgresVersion, settings: Environment): SetUp['open'] {
  return async (folder) => {
    const server = await testPostgres(version);
    const { url, close } = await migrated(folder, server.url);
    return {
      environment: { DATABASE_URL: url, APP_SECRET: SECRET, ...settings },
      testEnvironment: { TEST_DATABASE_URL: server.url, ...settings },
      ownerUrl: url,
      inspect: () => openPostgresInspector(url),
      close,
    };
  };
}

/** What sessions ask for the pooler drops, and the database's own settings are others. */
async function behindPgBouncer(folder: string): Promise<OpenSetUp> {
  const server = await testPostgres();
  const { url, close } = await migrated(folder, server.url);
  const login = new URL(await makeServerLogin(folder, url)).username;
  const owner = await openPostgresInspector(url);
  const name = new URL(url).pathname.slice(1);
  await owner.query(`alter database ${name} set timezone = 'Asia/Kathmandu'`);
  await owner.query(`alter database ${name} set datestyle = 'German'`);
  await owner.close();
  const pooler = await startPgBouncer(server.url, [login, 'postgres']);
  const pooled = new URL(pooler.url(url));
  pooled.username = login;
  const settings = { DATABASE_PREPARE: 'off' };
  return {
    environment: { DATABASE_URL: pooled.href, APP_SECRET: SECRET, ...settings },
    testEnvironment: { TEST_DATABASE_URL: server.url, TEST_POOLER_URL: pooler.url(server.url), ...settings },
    ownerUrl: url,
    inspect: () => openPostgresInspector(url),
    close: async () => {
      await pooler.close();
      await close();
    },
  };
}

/** A new database with the backend's tables. */
async function migrated(
  folder: string,
  serverUrl: string,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const { url = '', close } = await startTestDatabase(serverUrl);
  const environment = { MIGRATION_DATABASE_URL: url, APP_SECRET: SECRET };
  const { code, stderr } = await runNode(folder, ['app/migrate.ts'], environment);
  if (code !== 0) throw new Error(`the migrations failed: ${stderr}`);
  return { url, close };
}
