import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../runtime/database/database.ts';
import { openPglite } from '../../runtime/database/pglite.ts';
import { proveMigration } from '../../compiler/verify/prove-migration.ts';
import type { MigrationClaim } from '../../compiler/plan/migration/plan-migration.ts';
import { ADDITIONS } from '../migrations/additions.ts';
import { spec } from '../migrations/plan-spec.ts';
import { AFTER, BEFORE, claimOf, sampleOf, statementsOf, survivorsOf } from './changes.ts';

let database: Database;
beforeAll(async () => {
  database = await openPglite();
});
afterAll(() => database.close());

function prove(claim: MigrationClaim): Promise<readonly string[]> {
  return database.session((session) => proveMigration(claim, session));
}

test.each(Object.entries(ADDITIONS))('%s: proven', async (_, { before, after }) => {
  expect(await prove(claimOf(spec(before), spec(after)))).toEqual([]);
});

test('much at once: proven', async () => {
  expect(await prove(claimOf(BEFORE, AFTER))).toEqual([]);
});

describe('a planner that forgets something is caught', () => {
  const claim = claimOf(BEFORE, AFTER);
  const statements = statementsOf(claim);

  test('in the SQL: one statement of each sort', async () => {
    const sample = sampleOf(statements);
    expect(await survivorsOf(claim, sample, prove)).toEqual([]);
    expect(sample.length).toBeGreaterThan(2);
  });

  test('in the header: a rewriting that it does not tell of', async () => {
    const hazards = claim.hazards.filter(({ kind }) => kind !== 'TABLE_REWRITE');
    expect(await prove({ ...claim, hazards })).toEqual([expect.stringContaining('is written anew')]);
  });

  test('values that a statement changes by the way', async () => {
    const sql = `${claim.sql}\nupdate public.accounts set name = name || '!';\n`;
    expect(await prove({ ...claim, sql })).toEqual(['rows of accounts are no longer what they were']);
  });
});
