import type { Database } from '../../runtime/database/database.ts';
import { openPostgres } from '../../runtime/database/postgres.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import type { Migration } from '../../runtime/migrations/migration.ts';
import { openTestDatabase } from '../migrations/databases.ts';
import type { PostgresVersion } from '../postgres.ts';
import { testPostgres } from '../test-postgres.ts';
import { BASE_ROWS } from './base-spec.ts';

/** Databases that have the base and its rows, each for one use. */
export interface BaseCopies {
  readonly use: <Value>(run: (database: Database) => Promise<Value>) => Promise<Value>;
  readonly empty: Database;
  readonly close: () => Promise<void>;
}

/** On a Postgres a copy is made of a template; an embedded one is filled anew. */
export async function openBaseCopies(
  version: PostgresVersion | undefined,
  migrations: readonly Migration[],
): Promise<BaseCopies> {
  return version === undefined ? onEmbedded(migrations) : onPostgres(version, migrations);
}

async function fillBase(database: Database, migrations: readonly Migration[]): Promise<void> {
  await migrate(database, migrations);
  await database.session((session) => session.script(`set search_path = public; ${BASE_ROWS}`));
}

async function onEmbedded(migrations: readonly Migration[]): Promise<BaseCopies> {
  const [one, other] = [await openTestDatabase(undefined), await openTestDatabase(undefined)];
  return {
    empty: other.database,
    use: async (run) => {
      await one.reset();
      await fillBase(one.database, migrations);
      return run(one.database);
    },
    close: async () => {
      await one.close();
      await other.close();
    },
  };
}

async function onPostgres(version: PostgresVersion, migrations: readonly Migration[]): Promise<BaseCopies> {
  const { url } = await testPostgres(version);
  const server = openPostgres({ url, poolSize: 1 });
  const name = `edits_${process.pid}`;
  const script = (text: string): Promise<void> => server.session((session) => session.script(text));
  const open = (database: string): Database => {
    const own = new URL(url);
    own.pathname = `/${database}`;
    return openPostgres({ url: own.href, poolSize: 2 });
  };
  await script(`create database ${name}`);
  const base = open(name);
  await fillBase(base, migrations);
  await base.close();
  const empty = await openTestDatabase(version);
  return {
    empty: empty.database,
    use: async (run) => {
      await script(`create database ${name}_copy template ${name} strategy file_copy`);
      const copy = open(`${name}_copy`);
      try {
        return await run(copy);
      } finally {
        await copy.close();
        await script(`drop database ${name}_copy with (force)`);
      }
    },
    close: async () => {
      await empty.close();
      await script(`drop database ${name} with (force)`);
      await server.close();
    },
  };
}
