import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeEachDatabase } from '../describe-databases.ts';
import { openTestDatabase, type TestDatabase } from '../migrations/databases.ts';
import { evolve } from '../random-evolution/evolve.ts';
import { judgeReplay, judgeSteps } from '../random-evolution/judge-chain.ts';
import { squawkFindings } from '../random-evolution/squawk-findings.ts';

/** Another seed tries other chains: `EVOLUTION=1000 TEST_LONG=1 npx vitest run test/long/evolution.test.ts`. */
const FIRST = Number(process.env['EVOLUTION'] ?? 100);
const STEPS = 6;
const SEEDS = Array.from({ length: 50 }, (_, index) => FIRST + index);

describeEachDatabase((version) => {
  let test_: TestDatabase;
  beforeAll(async () => {
    test_ = await openTestDatabase(version);
  });
  afterAll(() => test_.close());

  test.each(SEEDS)('a spec that changes at random is migrated as proven: seed %i', async (seed) => {
    const steps = evolve(seed, STEPS);
    expect(steps).toHaveLength(STEPS + 1);
    expect(await judgeSteps(steps, test_.database)).toEqual([]);
    expect(await judgeReplay(steps, test_.database)).toEqual([]);
    expect(squawkFindings(steps.flatMap(({ plan }) => plan.migration?.claim ?? []))).toEqual([]);
  });
});
