import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../migrations/databases.ts';
import { drawWorlds } from './draw-worlds.ts';
import { judgeNames } from './judge-names.ts';

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await openTestDatabase(undefined);
});
afterAll(() => test_.close());

test('whatever takes whose name, every row is there under its new one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (draw) => {
      expect(await judgeNames(drawWorlds(draw, 1), test_.database)).toEqual([]);
    }),
    { numRuns: 4, seed: 7, endOnFailure: true },
  );
});
