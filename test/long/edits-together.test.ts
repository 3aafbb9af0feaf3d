import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeOldestPostgres } from '../describe-databases.ts';
import { proveMigration } from '../../compiler/verify/prove-migration.ts';
import { openBaseCopies, type BaseCopies } from '../edits-together/base-copies.ts';
import { EDITS, type Edit } from '../edits-together/edits.ts';
import { judgeEdits } from '../edits-together/judge-edits.ts';
import { planEdits, specOf, type PlannedEdits } from '../edits-together/plan-edits.ts';
import { migrationsOf, planSpecs } from '../migrations/plan-spec.ts';
import type { PostgresVersion } from '../postgres.ts';

/** Another seed tries other handfuls: `EDITS_TOGETHER=1000 TEST_LONG=1 npx vitest run test/long/edits-together.test.ts`. */
const SEED = Number(process.env['EDITS_TOGETHER'] ?? 1);
const HANDFULS = 200;
/** In milliseconds: each takes seconds on a machine with other work. */
const LONG = 3_600_000;

const { history } = planSpecs(specOf([]));

/** How many were planned, and how many refused by each code. */
const outcomes = new Map<string, number>();

let copies: BaseCopies;
function openCopies(version: PostgresVersion | undefined): void {
  beforeAll(async () => {
    copies = await openBaseCopies(version, migrationsOf(history));
  });
  afterAll(() => copies.close());
}

/** What is wrong with a migration of some edits, each line with their names. */
async function findingsOf(edits: readonly Edit[], { isProven = false }: Judging): Promise<readonly string[]> {
  const planned = planEdits(edits, history);
  const outcome = planned.kind === 'refused' ? `refused: ${planned.codes.join(', ')}` : planned.kind;
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  const findings = planned.kind === 'planned' ? await judge(planned, isProven) : [];
  const thrown = planned.kind === 'thrown' ? [planned.message] : [];
  return [...thrown, ...findings].map((finding) => `${edits.map(({ name }) => name).join(' + ')}: ${finding}`);
}

interface Judging {
  /** The compiler proves it on rows that it makes up, too. */
  readonly isProven?: boolean;
}

async function judge(planned: PlannedEdits, isProven: boolean): Promise<readonly string[]> {
  const { claim } = planned.plan.migration ?? {};
  const isAsked = isProven && claim !== undefined;
  return [
    ...(isAsked ? await copies.empty.session((session) => proveMigration(claim, session)) : []),
    ...(await copies.use((database) => judgeEdits({ ...planned, history }, database, copies.empty))),
  ];
}

async function findingsOfAll(all: readonly (readonly Edit[])[], judging: Judging = {}): Promise<readonly string[]> {
  const findings: string[] = [];
  for (const edits of all) findings.push(...(await findingsOf(edits, judging)));
  return findings;
}

describe('on PGlite', () => {
  openCopies(undefined);

  test('each edit is migrated by itself, and has its own name', { timeout: LONG }, async () => {
    expect(new Set(EDITS.map(({ name }) => name)).size).toBe(EDITS.length);
    expect(await findingsOfAll(EDITS.map((edit) => [edit]))).toEqual([]);
    expect([...outcomes.keys()]).toEqual(['planned']);
  });
});

describeOldestPostgres((version) => {
  openCopies(version);
  afterAll(() => {
    process.stdout.write(`${[...outcomes].map(([outcome, count]) => `${outcome}: ${count}`).join('\n')}\n`);
  });

  test.each(EDITS.slice(1).map((edit, index) => [edit.name, edit, EDITS.slice(0, index + 1)] as const))(
    '%s is migrated beside every other edit before it',
    async (_, edit, others) => {
      expect(await findingsOfAll(others.map((other) => [other, edit]))).toEqual([]);
    },
  );

  test(`so are ${HANDFULS} handfuls at random, as proven: seed ${SEED}`, { timeout: LONG }, async () => {
    const handful = fc.shuffledSubarray([...EDITS], { minLength: 3, maxLength: 6 });
    const handfuls = fc.sample(handful, { seed: SEED, numRuns: HANDFULS });
    expect(await findingsOfAll(handfuls, { isProven: true })).toEqual([]);
  });

  test('few of them are refused', () => {
    const all = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
    expect(outcomes.get('planned') ?? 0).toBeGreaterThan(all * 0.95);
  });
});
