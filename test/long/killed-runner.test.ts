import { expect, test } from 'vitest';
import { describeEachPostgres } from '../describe-databases.ts';
import { openTestDatabase } from '../migrations/databases.ts';
import { expectRecovery, runUntilKilled, undisturbed } from '../migrations/kill-runner.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { BEFORE } from '../migrations/twenty-steps.ts';

describeEachPostgres((version) => {
  test('killed at any statement of twenty steps, once it is answered or only sent, the next run makes the same', async () => {
    const opened = await openTestDatabase(version);
    try {
      const wanted = await undisturbed(opened);
      await opened.reset();
      await migrate(opened.database, [BEFORE]);
      const statements = runUntilKilled(opened.url, 100_000, 'answered') ?? 0;
      expect(statements).toBeGreaterThan(100);
      for (let statement = 1; statement <= statements; statement += 1) {
        await expectRecovery(opened, wanted, statement, 'answered');
        if (statement % 2 === 0) await expectRecovery(opened, wanted, statement, 'sent');
      }
      process.stdout.write(`killed at each of ${statements} statements on Postgres ${version}\n`);
    } finally {
      await opened.close();
    }
  }, 1_800_000);
});
