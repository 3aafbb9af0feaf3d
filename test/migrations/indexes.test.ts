import { afterAll, beforeAll, expect, test } from 'vitest';
import { analyze } from '../../compiler/analyze.ts';
import { sql } from 'kysely';
import { fieldExample } from '../../compiler/plan/examples.ts';
import type { ResourceFilter } from '../../compiler/plan/filters.ts';
import { planResources, type ResourceSort } from '../../compiler/plan/resource.ts';
import { arrayLiteral } from '../../runtime/crud/codecs.ts';
import { filterCondition, type FilterOperator } from '../../runtime/crud/filters.ts';
import { compileStatement, PreparedNames, statementBuilder } from '../../runtime/crud/statements.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import type { Database } from '../../runtime/database/database.ts';
import { openPglite } from '../../runtime/database/pglite.ts';
import { planSpecs } from './plan-spec.ts';
import { RESERVED, WIDE } from './specs.ts';

const LINKED = `supercompile: 1
name: linked
auth: { provider: none }
database: { schema: linked }
entities:
  Person:
    fields:
      email: { type: email }
    access: { everyone: { roles: [anonymous], allow: [create, read], rows: all } }
  Account:
    fields:
      name: { type: string }
      owner: { type: reference, to: Person, optional: true }
    list: { filter: [name], expand: [leads] }
    access: { everyone: { roles: [anonymous], allow: [create, read], rows: all } }
  Lead:
    fields:
      title: { type: string }
      body: { type: text, optional: true }
      tags: { type: string, many: true }
      account: { type: reference, to: Account, inverse: leads }
    search: [title, body]
    list: { filter: [account.owner.email, account.createdAt, account.name, tags], sort: [title] }
    access: { everyone: { roles: [anonymous], allow: [create, read], rows: all } }
`;

let database: Database;
beforeAll(async () => {
  database = await openPglite();
  for (const text of [
    WIDE,
    RESERVED.replace('name: test-app', 'name: test-app\ndatabase: { schema: other }'),
    LINKED,
  ]) {
    await migrate(database, planSpecs(text).migrations);
  }
});
afterAll(() => database.close());

const LISTS = [
  { text: WIDE, schema: 'public' },
  { text: RESERVED, schema: 'other' },
  { text: LINKED, schema: 'linked' },
].flatMap(({ text, schema }) => {
  const { app } = analyze(text, 'app.yaml');
  return (app === undefined ? [] : planResources(app)).map((resource) => ({ resource, schema }));
});

/** The plan Postgres makes where reading the whole table is the last resort. */
async function explain(schema: string, table: string, rest: string, bitmaps: 'on' | 'off' = 'off'): Promise<string> {
  return database.transaction(async (transaction) => {
    await transaction.query({ text: 'set local enable_seqscan = off', values: [] });
    await transaction.query({ text: `set local enable_bitmapscan = ${bitmaps}`, values: [] });
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
    for (const filter of resource.filters.filter(({ through, field }) => through.length === 0 && !field?.many)) {
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

/** What a comparison is tried with; Postgres looks at its type alone. */
function valueOf({ field }: ResourceFilter, operator: FilterOperator): string {
  const example = field === undefined ? '2026-01-01T00:00:00Z' : String([fieldExample(field)].flat()[0] ?? 'abc');
  if (operator === 'null') return 'true';
  if (operator === 'contains') return field?.many ? arrayLiteral([example]) : '%abc%';
  return operator === 'in' ? arrayLiteral([example]) : example;
}

test('every comparison that a list offers is made by an index, or along one', async () => {
  const seen = new Set<FilterOperator>();
  for (const { resource, schema } of LISTS) {
    const db = statementBuilder<unknown>(schema);
    const first = resource.sorts.find(({ key }) => key === resource.defaultSort.key);
    for (const filter of resource.filters) {
      const { key, column, caseInsensitive: lower, field, through } = filter;
      const links = through.map((link) => [link.column, link.target.names.table] as const);
      for (const operator of filter.operators) {
        const value = valueOf(filter, operator);
        const spec = { column, lower, through: links, ...(field?.many && { isArray: true }) };
        const condition = filterCondition({ key, operator, value }, spec, schema);
        const { text } = compileStatement({ compile: () => sql`where ${condition}`.compile(db) }, new PreparedNames(0));
        const where = text.replaceAll(/\$\d+/g, `'${value}'`);
        // A value that differs is what most rows have: those are read in the order of the list.
        const along = operator === 'ne' && first !== undefined ? ` ${order(first, false)}` : '';
        const plan = await explain(schema, resource.entity.names.table, where + along, along === '' ? 'on' : 'off');
        const name = `${resource.entity.name} where ${key} ${operator}`;
        if (along !== '') expect(plan, name).toMatch(/^Limit\n *-> +Index/);
        else expect(plan, name).toMatch(/Index Cond/);
        seen.add(operator);
      }
    }
  }
  expect([...seen].toSorted()).toEqual(['contains', 'eq', 'gt', 'gte', 'in', 'lt', 'lte', 'ne', 'null']);
});

test('a part of a text is found by an index, in any case of letters', async () => {
  const own = await explain('linked', 'accounts', "where name ilike '%acme%'", 'on');
  expect(own).toMatch(/Bitmap Index Scan on accounts_name_part_idx/);
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

test('a filter over references begins at an index of the last table', async () => {
  const owned = 'where lower("email") = \'ann@example.com\'';
  const plan = await explain(
    'linked',
    'leads',
    `where "account_id" in (select id from linked.accounts where "owner_id" in (select id from linked.people ${owned}))`,
  );
  expect(plan).toMatch(/using people_email_id_idx/);
  expect(plan).toMatch(/using accounts_owner_id_idx/);
  expect(plan).toMatch(/using leads_account_id_created_at_id_idx/);
  const young = 'where "created_at" = \'2026-01-01\'';
  const recent = await explain('linked', 'leads', `where "account_id" in (select id from linked.accounts ${young})`);
  expect(recent).toMatch(/using accounts_created_at_id_idx/);
});

test('the oldest rows below a row come from an index, in its order', async () => {
  const plan = await explain(
    'linked',
    'leads',
    'where "account_id" = \'018f4d2e-7b6a-7c31-9d50-3f1a2b4c5d6e\' order by created_at, id',
  );
  expect(plan).toMatch(/using leads_account_id_created_at_id_idx/);
  expect(plan).not.toMatch(/Sort/);
});

test('an item of an array and the words of a search are found by an index', async () => {
  const item = await explain('linked', 'leads', "where tags @> '{red}'", 'on');
  expect(item).toMatch(/Bitmap Index Scan on leads_tags_idx/);
  const words = await explain('linked', 'leads', "where _search @@ to_tsquery('simple', 'ann:*')", 'on');
  expect(words).toMatch(/Bitmap Index Scan on leads_search_idx/);
});
