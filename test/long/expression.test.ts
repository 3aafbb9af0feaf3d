import { expect, test } from 'vitest';
import { describeEachDatabase } from '../describe-databases.ts';
import { compareVerdicts } from '../expression/compare-verdicts.ts';
import { openTestDatabase } from '../migrations/databases.ts';

const WORLDS = 10;
const CONDITIONS = 1000;

/** `contains` and its like take no null literal, so that chance must bring null by fields. */
const OPERATORS = [
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '&&',
  '||',
  '+',
  '-',
  '*',
  '/',
  'whole /',
  '%',
  'contains',
  'startsWith',
  'concat',
  'later',
  'earlier',
  'elapsed',
];
const ONE_SIDED = ['!', 'negate', 'lower', 'size', 'round', 'today'];

describeEachDatabase((version) => {
  test('SQL, predicate and reference agree on ten thousand random conditions and their rows', async () => {
    const operands = new Map<string, number>();
    const verdicts = { yes: 0, no: 0 };
    for (let seed = 100; seed < 100 + WORLDS; seed += 1) {
      const { database, close } = await openTestDatabase(version);
      const found = await compareVerdicts(database, seed, CONDITIONS).finally(close);
      expect(found.differences).toEqual([]);
      verdicts.yes += found.verdicts.yes;
      verdicts.no += found.verdicts.no;
      for (const [key, count] of found.operands) operands.set(key, (operands.get(key) ?? 0) + count);
    }
    const all = verdicts.yes + verdicts.no;
    expect(verdicts.yes / all).toBeGreaterThan(0.25);
    expect(verdicts.no / all).toBeGreaterThan(0.25);
    const wanted = [
      ...OPERATORS.flatMap((operator) => [`${operator} 0`, `${operator} 1`]),
      ...ONE_SIDED.map((operator) => `${operator} 0`),
      'in 0',
      'at 0',
      'at 1',
      'at 2',
    ].flatMap((key) => [`${key} null`, `${key} value`]);
    const rare = wanted.filter((key) => (operands.get(key) ?? 0) < 50);
    expect(rare).toEqual([]);
    console.log(
      version ?? 'PGlite',
      JSON.stringify({ verdicts, least: Math.min(...wanted.map((key) => operands.get(key) ?? 0)) }),
    );
  });
});
