import type { Database } from '../../runtime/database/database.ts';
import { openPglite } from '../../runtime/database/pglite.ts';
import { openPostgres } from '../../runtime/database/postgres.ts';
import type { PostgresVersion } from '../postgres.ts';
import { testPostgres } from '../test-postgres.ts';

export interface TestDatabase {
  readonly database: Database;
  /** Drops everything that was made, for the next test. */
  readonly reset: (...schemas: readonly string[]) => Promise<void>;
  readonly url: string;
  readonly close: () => Promise<void>;
}

let count = 0;

/** An empty database on a Postgres, or an embedded one. */
export async function openTestDatabase(version: PostgresVersion | undefined): Promise<TestDatabase> {
  if (version === undefined) return wrap(await openPglite(undefined, ['btree_gist']), '');
  const { url } = await testPostgres(version);
  const server = openPostgres({ url, poolSize: 1 });
  count += 1;
  const name = `migrations_${process.pid}_${count}`;
  await server.session((session) => session.script(`create database ${name}`));
  const own = new URL(url);
  own.pathname = `/${name}`;
  const { database, ...rest } = wrap(openPostgres({ url: own.href, poolSize: 2 }), own.href);
  const close = async (): Promise<void> => {
    await database.close();
    await server.session((session) => session.script(`drop database ${name} with (force)`));
    await server.close();
  };
  return { database, ...rest, close };
}

function wrap(database: Database, url: string): TestDatabase {
  return {
    database,
    url,
    reset: (...schemas) =>
      database.session((session) =>
        session.script(
          ['public', ...schemas].map((name) => `drop schema if exists "${name}" cascade`).join(';') +
            ';create schema public',
        ),
      ),
    close: () => database.close(),
  };
}
