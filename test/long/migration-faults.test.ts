import { expect, test } from 'vitest';
import { proveMigration } from '../../compiler/verify/prove-migration.ts';
import { openPglite } from '../../runtime/database/pglite.ts';
import { AFTER, BEFORE, claimOf, statementsOf, survivorsOf } from '../verify/changes.ts';

test('a migration that lacks any one of its statements is caught', async () => {
  const database = await openPglite();
  const claim = claimOf(BEFORE, AFTER);
  const survivors = await survivorsOf(claim, statementsOf(claim), (faulty) =>
    database.session((session) => proveMigration(faulty, session)),
  );
  await database.close();
  expect(survivors).toEqual([]);
});
