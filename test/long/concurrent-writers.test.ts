import { expect, test } from 'vitest';
import { writeTogether } from '../constraints/concurrent-writers.ts';
import { describeEachPostgres } from '../describe-databases.ts';

const SECONDS = 30;

describeEachPostgres((version) => {
  test.for(['children of one parent', 'everything', 'transactions'] as const)(
    'twenty writers for half a minute: %s',
    async (writing) => {
      const report = await writeTogether(version, SECONDS, writing);
      const rate = Math.round(report.committed / SECONDS);
      console.log(
        `Postgres ${version}, ${writing}: ${rate} transactions a second, ${report.deadlocks} deadlocks tried again, ${report.lost} given up`,
      );
      expect(report.violations).toEqual([]);
      expect(report.committed).toBeGreaterThan(SECONDS);
      if (writing === 'children of one parent') expect(report.deadlocks).toBe(0);
      if (writing !== 'transactions') expect(report.lost).toBe(0);
    },
  );
});
