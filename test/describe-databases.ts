import { describe } from 'vitest';
import { isExpected } from './is-expected.ts';
import { availablePostgresVersions, POSTGRES_VERSIONS, type PostgresVersion } from './postgres.ts';

/** A suite on the Postgres that is furthest from the embedded database, for what costs seconds on each. */
export function describeOldestPostgres(suite: (version: PostgresVersion) => void): void {
  describe.runIf(hasPostgres('15'))('on Postgres 15', () => {
    suite('15');
  });
}

/**
 * A suite on each Postgres. Those of a version that this machine lacks are skipped, so that they are
 * counted and named, and fail where `CI=true`.
 */
export function describeEachPostgres(suite: (version: PostgresVersion) => void): void {
  for (const version of POSTGRES_VERSIONS) {
    describe.runIf(hasPostgres(version))(`on Postgres ${version}`, () => {
      suite(version);
    });
  }
}

/** A suite on the embedded database, with `undefined`, and on each Postgres. */
export function describeEachDatabase(suite: (version: PostgresVersion | undefined) => void): void {
  describe('on PGlite', () => {
    suite(undefined);
  });
  describeEachPostgres(suite);
}

/** Whether tests on this version are run. */
export function hasPostgres(version: PostgresVersion): boolean {
  return isExpected(availablePostgresVersions().includes(version));
}
