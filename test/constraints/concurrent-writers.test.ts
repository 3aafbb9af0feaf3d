import { expect, test } from 'vitest';
import { describeEachPostgres } from '../describe-databases.ts';
import { insertAgain, writeTogether } from './concurrent-writers.ts';

describeEachPostgres((version) => {
  test('twenty writers leave no rule broken and no computed column behind', async () => {
    const { committed, violations, refused } = await writeTogether(version, 2, 'everything');
    expect(violations).toEqual([]);
    expect(committed).toBeGreaterThan(20);
    expect(Object.keys(refused).length).toBeGreaterThan(0);
  });

  test('twenty writers of the children of one parent wait for each other, and never in a circle', async () => {
    const { committed, violations, deadlocks } = await writeTogether(version, 2, 'children of one parent');
    expect(violations).toEqual([]);
    expect(deadlocks).toBe(0);
    expect(committed).toBeGreaterThan(20);
  });

  test('a row that takes the id of one that is being deleted has none of its rows', async () => {
    expect(await insertAgain(version)).toEqual([
      ['teams', '0', '0', null],
      ['labels', '0'],
    ]);
  });
});
