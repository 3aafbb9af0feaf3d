import { expect, test } from 'vitest';
import { hasPostgres } from '../describe-databases.ts';
import { openTestDatabase } from './databases.ts';
import { expectRecovery, runUntilKilled, undisturbed } from './kill-runner.ts';

/** A sample: the long suite kills at every statement. */
test.skipIf(!hasPostgres('18'))(
  'a runner that is killed leaves the next one to finish, with nothing lost or done twice',
  async () => {
    const opened = await openTestDatabase('18');
    try {
      const wanted = await undisturbed(opened);
      await opened.reset();
      expect(runUntilKilled(opened.url, 100_000, 'answered')).toBeGreaterThan(100);
      await expectRecovery(opened, wanted, 30, 'answered');
      await expectRecovery(opened, wanted, 41, 'sent');
    } finally {
      await opened.close();
    }
  },
);
