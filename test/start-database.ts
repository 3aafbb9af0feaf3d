import { startTestDatabase, type TestDatabase } from '../runtime/testing/test-database.ts';
import type { PostgresVersion } from './postgres.ts';
import { testPostgres } from './test-postgres.ts';

/** An empty database on a Postgres, or an embedded one. */
export async function startDatabase(version: PostgresVersion | undefined): Promise<TestDatabase> {
  return startTestDatabase(version === undefined ? '' : (await testPostgres(version)).url);
}
