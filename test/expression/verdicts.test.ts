import { expect, test } from 'vitest';
import { describeEachDatabase } from '../describe-databases.ts';
import { openTestDatabase } from '../migrations/databases.ts';
import { compareVerdicts } from './compare-verdicts.ts';

const SAMPLE = 320;

describeEachDatabase((version) => {
  test('SQL, predicate and reference agree on random conditions', async () => {
    const { database, close } = await openTestDatabase(version);
    const { differences, verdicts } = await compareVerdicts(database, Number(version ?? 1), SAMPLE).finally(close);
    expect(differences).toEqual([]);
    expect(verdicts.yes).toBeGreaterThan(SAMPLE);
    expect(verdicts.no).toBeGreaterThan(SAMPLE);
  });
});
