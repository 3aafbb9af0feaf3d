import { afterAll, beforeAll, expect, test } from 'vitest';
import { analyze } from '../../compiler/analyze.ts';
import { planResources, type ResourceFilter, type ResourceSort } from '../../compiler/plan/resource.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import type { Database } from '../../runtime/database/database.ts';
import { openPglite } from '../../runtime/database/pglite.ts';
import { planSpecs } from './plan-spec.ts';
import { RESERVED, WIDE } from './specs.ts';

let database: Database;
beforeAll(async () => {
  database = await openPglite();
  for (const text of [WIDE, RESERVED.replace('name: test-app', 'name: test-app\ndatabase: { schema: other }')]) {
    await migrate(database, planSpecs(text).migrations);
  }
});
afterAll(() => database.close());

const LISTS = [
  { text: WIDE, schema: 'public' },
  { text: RESERVED, schema: 'other' },
].flatMap(({ text, schema }) => {
  const { app } = analyze(text, 'app.yaml');
  return (app === undefined ? [] : planResources(app)).map((resource) => ({ resource, schema }));
});

/** The plan Postgres makes where reading the whole table is the last resort. */
async function explain(schema: string, table: string, rest: string): Promise<string> {
  return database.transaction(async (transaction) => {
    await transaction.query({ text: 'set local enable_seqscan = off', values: [] });
    await transaction.query({ text: 'set local enable_bitmapscan = off', values: [] });
    const text = `explain (costs off) select * from "${schema}"."${table}" ${rest} limit 20`;
    const { rows } = await transaction.query({ text, values: [] });
    return rows.map(([line]) => line).join('\n');
  });
}

const expression = ({ column, caseInsensitive }: ResourceSort | ResourceFilter): string =>
  caseInsensitive ? `lower("${column}")` : `"${column}"`;

function order(sort: ResourceSort, descending: boolean): string {
  const nulls = sort.nullable ? ' nulls last' : '';
  return descending ? `order by ${expression(sort)} desc${nulls}, id desc` : `order by ${expression(sort)}${nulls}, id`;
}

test('every sort is read from an index, in both directions', async () => {
  for (const { resource, schema } of LISTS) {
    for (const sort of resource.sorts) {
      for (const descending of [false, true]) {
        const plan = await explain(schema, resource.entity.names.table, order(sort, descending));
        expect(plan, `${resource.entity.name} by ${sort.key}`).toMatch(/Index/);
        expect(plan, `${resource.entity.name} by ${sort.key}`).not.toMatch(/^ *(->)? *Sort/m);
      }
    }
  }
});

test('every filter is found by an index; those with few values also in the default order', async () => {
  const few = ['enum', 'boolean', 'reference'];
  let checked = 0;
  for (const { resource, schema } of LISTS) {
    const sort = resource.sorts.find(({ key }) => key === resource.defaultSort.key);
    for (const filter of resource.filters) {
      const { table } = resource.entity.names;
      const where = `where ${expression(filter)} = (select ${expression(filter)} from "${schema}"."${table}" offset 1 limit 1)`;
      const ordered = sort !== undefined && few.includes(filter.field?.type ?? '');
      const plan = await explain(
        schema,
        table,
        ordered ? `${where} ${order(sort, resource.defaultSort.descending)}` : where,
      );
      expect(plan, `${resource.entity.name} where ${filter.key}`).toMatch(/Index Cond/);
      if (ordered) expect(plan, `${resource.entity.name} where ${filter.key}`).not.toMatch(/^ *(->)? *Sort/m);
      checked += 1;
    }
  }
  expect(checked).toBeGreaterThan(10);
});

test('every link is led by an index, so that deleting its target reads no whole table', async () => {
  for (const { resource, schema } of LISTS) {
    for (const field of resource.entity.fields.filter(({ reference }) => reference !== undefined)) {
      const plan = await explain(
        schema,
        resource.entity.names.table,
        `where "${field.column}" = '018f4d2e-7b6a-7c31-9d50-3f1a2b4c5d6e'`,
      );
      expect(plan, `${resource.entity.name}.${field.name}`).toMatch(/Index Scan|Index Only Scan/);
    }
  }
});
