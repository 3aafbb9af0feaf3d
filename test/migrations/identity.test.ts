import { afterAll, beforeAll, expect, test } from 'vitest';
import { proveMigration } from '../../compiler/verify/prove-migration.ts';
import { migrateDown } from '../../runtime/migrations/migrate-down.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { IDENTITY_CASES } from './identity-cases.ts';
import { migrationsOf, planSpec, planSpecs, sealed, spec } from './plan-spec.ts';

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await openTestDatabase(undefined);
});
afterAll(() => test_.close());

test.each(Object.entries(IDENTITY_CASES))('rows stay with what they are of: %s', async (_, item) => {
  const { before, after, allow = [], rows, found } = item;
  const head = allow.length === 0 ? '' : `migration:\n  allow: [${allow.join(', ')}]\n`;
  const { history, migrations } = planSpecs(spec(before));
  const text = spec(after, head);
  const plan = planSpec(text, history);
  expect(plan.diagnostics.map(({ message }) => message)).toEqual([]);
  for (const line of allow) {
    const without = planSpec(spec(after, head.replace(line, 'drop entity Nothing')), history);
    expect(without.diagnostics.filter(({ severity }) => severity === 'error')).not.toEqual([]);
  }
  const claim = plan.migration?.claim;
  expect(claim && (await test_.database.session((session) => proveMigration(claim, session)))).toEqual([]);
  await test_.reset();
  await migrate(test_.database, migrations);
  const query = async (sql: string): Promise<unknown> => (await test_.database.query({ text: sql, values: [] })).rows;
  for (const row of rows) await query(row);
  const next = sealed(history, plan);
  await migrate(test_.database, migrationsOf(next));
  const look = async (): Promise<readonly (readonly [string, unknown])[]> =>
    Promise.all(Object.keys(found).map(async (sql) => [sql, await query(sql)] as const));
  expect(Object.fromEntries(await look())).toEqual(found);
  if (plan.migration?.down !== undefined) {
    await migrateDown(test_.database, migrationsOf(next));
    await migrate(test_.database, migrationsOf(next));
    expect(Object.fromEntries(await look())).toEqual(found);
  }
  const again = planSpec(text, next);
  expect(again.migration).toBeUndefined();
  expect(again.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});
