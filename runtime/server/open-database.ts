import type { Database } from '../database/database.ts';
import { openPostgres } from '../database/postgres.ts';
import type { Environment } from '../environment/environment-variables.ts';
import { openEmbedded, takeDatabase } from './rehearsal.ts';

/** The server's database: Postgres where `DATABASE_URL` names one, else the embedded one in `dataDirectory`. */
export async function openServerDatabase(environment: Environment, dataDirectory: string): Promise<Database> {
  const { DATABASE_URL: url } = environment;
  if (url === undefined) return takeDatabase(dataDirectory);
  return openPostgres({
    url,
    poolSize: environment.DATABASE_POOL,
    lanes: environment.DATABASE_LANES,
    prepare: environment.DATABASE_PREPARE,
    statementTimeout: environment.DATABASE_TIMEOUT,
    applicationName: 'server',
  });
}

/** The database as its owner, for migrations; the embedded one has no other login. */
export async function openOwnerDatabase(environment: Environment, dataDirectory: string): Promise<Database> {
  const url = environment.MIGRATION_DATABASE_URL ?? environment.DATABASE_URL;
  return url === undefined
    ? openEmbedded(dataDirectory)
    : openPostgres({ url, poolSize: 2, applicationName: 'migrations' });
}

/** What `openOwnerDatabase` opens, as a person would name it; never the login. */
export function ownerDatabaseName(environment: Environment, dataDirectory: string): string {
  const url = environment.MIGRATION_DATABASE_URL ?? environment.DATABASE_URL;
  if (url === undefined) return `the embedded database in ${dataDirectory}`;
  const { host, pathname } = new URL(url);
  return `Postgres at ${host}${pathname}`;
}
