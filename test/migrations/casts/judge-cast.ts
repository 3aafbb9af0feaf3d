import { expect } from 'vitest';
import type { Text } from '../../../runtime/database/database.ts';
import { migrate } from '../../../runtime/migrations/migrate.ts';
import type { TestDatabase } from '../databases.ts';
import { planSpecs } from '../plan-spec.ts';
import type { CastCase } from './cast-cases.ts';
import { headOf, specOf } from './cast-specs.ts';

/** Asks one database. */
export function querying({ database }: TestDatabase): (text: string) => Promise<readonly (readonly Text[])[]> {
  return async (text) => (await database.query({ text, values: [] })).rows;
}

/** In an empty database, values become what they should; one that cannot stops the migration, and its header has counted it. */
export async function judgeCast(item: CastCase, test_: TestDatabase): Promise<void> {
  const { from, to, values, refused } = item;
  const { migrations, plan } = planSpecs(specOf(from), specOf(to, headOf(['x'], [item])));
  const query = querying(test_);
  await migrate(test_.database, migrations.slice(0, 1));
  for (const [value] of values) await query(`insert into leads (name, x) values ('kept', ${value})`);
  if (refused !== undefined) {
    await query(`insert into leads (name, x) values ('in the way', ${refused})`);
    const mayFail = plan.migration?.claim.hazards.find(({ kind }) => kind === 'MAY_FAIL_ON_DATA');
    expect(await query(mayFail?.query ?? '')).toEqual([['1']]);
    await expect(migrate(test_.database, migrations)).rejects.toThrow();
    await query("delete from leads where name = 'in the way'");
  }
  await migrate(test_.database, migrations);
  const rows = await query('select x from leads');
  expect(rows.toSorted()).toEqual(values.map(([, text]) => [text]).toSorted());
}
