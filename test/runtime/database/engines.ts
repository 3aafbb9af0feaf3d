import { startTestDatabase, type TestDatabase } from '../../../runtime/testing/test-database.ts';
import { availablePostgresVersions } from '../../postgres.ts';
import { testPostgres } from '../../test-postgres.ts';

export interface Engine {
  readonly name: string;
  readonly start: () => Promise<TestDatabase>;
}

/** Every database this machine can run the same test on. */
export const ENGINES: readonly Engine[] = [
  { name: 'PGlite', start: () => startTestDatabase('') },
  ...availablePostgresVersions().map((version) => ({
    name: `Postgres ${version}`,
    start: async () => startTestDatabase((await testPostgres(version)).url),
  })),
];
