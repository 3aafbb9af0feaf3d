import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../migrations/databases.ts';
import { drawWorlds } from '../random-names/draw-worlds.ts';
import { judgeNames } from '../random-names/judge-names.ts';

/** Another seed tries other worlds: `EVOLUTION=1000 TEST_LONG=1 npx vitest run test/long/random-names.test.ts`. */
const FIRST = Number(process.env['EVOLUTION'] ?? 100);
const SEEDS = Array.from({ length: 20 }, (_, index) => FIRST + index);
const RUNS = 10;
const STEPS = 2;

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await openTestDatabase(undefined);
});
afterAll(() => test_.close());

test.each(SEEDS)('whatever takes whose name, step after step, every row is there: seed %i', async (seed) => {
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (draw) => {
      expect(await judgeNames(drawWorlds(draw, STEPS), test_.database)).toEqual([]);
    }),
    { numRuns: RUNS, seed, endOnFailure: true },
  );
});
