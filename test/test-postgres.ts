import { inject } from 'vitest';
import { sharedServer, type PostgresServer, type PostgresVersion } from './postgres.ts';

/** The run's shared server: never stop it; `startPostgres()` gives one that may be stopped. */
export async function testPostgres(version?: PostgresVersion): Promise<PostgresServer> {
  return sharedServer(inject('postgresDirectory'), version);
}
