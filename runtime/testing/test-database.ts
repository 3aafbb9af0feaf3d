import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import { openPglite } from '../database/pglite.ts';
import { openPostgres } from '../database/postgres.ts';

export interface TestDatabase {
  readonly database: Database;
  /** The same one without a pooler between, for migrations. */
  readonly owner: Database;
  /** Connection string of a Postgres one; `undefined` for the embedded. */
  readonly url: string | undefined;
  /** Closes it and leaves nothing behind. */
  readonly close: () => Promise<void>;
}

/**
 * An empty database for one test file: a throw-away one on the server of `TEST_DATABASE_URL` (whose
 * login may create databases), else an embedded one in memory. `TEST_POOLER_URL` is the same server behind a pooler;
 * `DATABASE_LANES` and `DATABASE_PREPARE` count as they do for the server.
 */
export async function startTestDatabase(url = process.env['TEST_DATABASE_URL']): Promise<TestDatabase> {
  return url === undefined || url === '' ? startEmbedded() : startOnServer(url);
}

async function startEmbedded(): Promise<TestDatabase> {
  const database = await openPglite();
  return { database, owner: database, url: undefined, close: () => database.close() };
}

async function startOnServer(serverUrl: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  // Encoding and collation of the server's template may be anything; tests compare order.
  await onServer(serverUrl, `create database ${name} template template0 encoding 'UTF8' locale 'C'`);
  const url = withDatabase(serverUrl, name);
  const pooler = process.env['TEST_POOLER_URL'] ?? '';
  const database = open(pooler === '' ? url : withDatabase(pooler, name));
  const owner = pooler === '' ? database : open(url);
  return {
    database,
    owner,
    url,
    close: async () => {
      await Promise.all([database.close(), owner === database ? undefined : owner.close()]);
      await onServer(serverUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

function open(url: string): Database {
  const { DATABASE_LANES: lanes = '2', DATABASE_PREPARE: prepare = 'on' } = process.env;
  return openPostgres({ url, poolSize: 4, lanes: Number(lanes), prepare: prepare === 'on', connectTimeout: 5_000 });
}

async function onServer(url: string, sql: string): Promise<void> {
  const server = openPostgres({ url, poolSize: 1 });
  try {
    await server.session((session) => session.script(sql));
  } finally {
    await server.close();
  }
}

function withDatabase(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.href;
}
