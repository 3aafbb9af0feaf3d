import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diffSchemas } from '../../compiler/plan/migration/diff/diff-schemas.ts';
import { migrationSql } from '../../compiler/plan/migration/migration-sql.ts';
import type { MigrationClaim } from '../../compiler/plan/migration/plan-migration.ts';
import type { Session } from '../../runtime/database/database.ts';
import { judgeStops } from '../migrations/judge-stops.ts';
import { readCases, type NeutralCase } from '../migrations/neutral/neutral-case.ts';
import { openSession, type OwnSession } from '../migrations/neutral/open-session.ts';
import { toDatabaseSchema } from '../migrations/neutral/to-database-schema.ts';
import { toIntents } from '../migrations/neutral/to-intents.ts';
import { evolve } from '../random-evolution/evolve.ts';

const FIRST = Number(process.env['EVOLUTION'] ?? 100);
const SEEDS = Array.from({ length: 12 }, (_, index) => FIRST + index);
const FOLDER = join(import.meta.dirname, '../migrations/neutral');

let own: OwnSession;
beforeAll(async () => {
  own = await openSession('pglite');
  await own.session.script('set client_min_messages = warning');
});
afterAll(() => own.close());

test.each(['cases.yaml', 'further-cases.yaml'])('whatever stops is taken back: %s', async (name) => {
  const cases = readCases(readFileSync(join(FOLDER, name), 'utf8'));
  expect(await shareTaken(cases.flatMap(claimOf), own.session)).toBeGreaterThan(0.9);
});

test('a chain of random specs that stops anywhere is taken back', async () => {
  const claims = SEEDS.flatMap((seed) => evolve(seed, 5)).flatMap(({ plan }) => plan.migration?.claim ?? []);
  expect(await shareTaken(claims, own.session)).toBeGreaterThan(0.8);
});

/** Which part of all stops has a way back; the others lost something. */
async function shareTaken(claims: readonly MigrationClaim[], session: Session): Promise<number> {
  const counts = { all: 0, taken: 0 };
  for (const claim of claims) {
    const { all, taken, findings } = await judgeStops(claim, session);
    expect(findings).toEqual([]);
    counts.all += all;
    counts.taken += taken;
  }
  return counts.taken / counts.all;
}

/** A plan with all consents, where there is one. */
function claimOf({ id, before, after, hints }: NeutralCase): readonly MigrationClaim[] {
  const [from, to] = [toDatabaseSchema(before), toDatabaseSchema(after)];
  const { operations, hazards, refusals } = diffSchemas(from, to, { ...toIntents(hints), isAllowed: () => true });
  if (refusals.length > 0) return [];
  return [{ id, from, to, operations, hazards, sql: migrationSql('public', operations, hazards) }];
}
