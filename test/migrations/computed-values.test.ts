import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../runtime/migrations/migrate.ts';
import type { Migration } from '../../runtime/migrations/migration.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { readCounts } from './judge-counts.ts';
import { planSpec, planSpecs, spec } from './plan-spec.ts';

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await openTestDatabase(undefined);
});
afterAll(() => test_.close());

/** Two migrations, the second over rows that were written between them. */
async function migrateRows(migrations: readonly Migration[], rows: string): Promise<void> {
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await test_.database.session((session) => session.script(rows));
  await migrate(test_.database, migrations);
}

type Entities = Readonly<Record<string, string>>;

/** A row with two numbers, and what is computed of them. */
const lead = (computed: string, more = ''): Entities => ({
  Lead: `fields:\n  a: { type: integer }\n  b: { type: integer, optional: true }\n${computed}${more}`,
});
const made = (expression: string, limits = ''): string =>
  `  x: { type: integer, computed: "${expression}"${limits} }\n`;
const PLAIN = lead('');

/** A row with a sum over others. */
const order = (computed: string, more = '', item = 'n: { type: integer }'): Entities => ({
  Order: `fields:\n  a: { type: integer, default: 0 }\n${computed}${more}`,
  Item: `fields:\n  ${item}\n  order: { type: reference, to: Order, inverse: items, onDelete: cascade }`,
});
const sum = (expression: string, limits = ''): string => `  x: { type: bigint, computed: "${expression}"${limits} }\n`;
const SMALL = 'checks:\n  small: "record.x < 15"\n';
const DAYS = (until: string): Entities => ({
  Lead: `fields:\n  a: { type: date }\n  b: { type: date }\n  c: { type: date }\n  until: { type: date, computed: "${until}" }\nnoOverlap:\n  free: { from: a, to: until }`,
});

const LEADS = (...rows: readonly string[]): string => `insert into leads (a, b) values ${rows.join(', ')}`;
const SPANS = (...rows: readonly string[]): string => `insert into leads (a, b, c) values ${rows.join(', ')}`;
const ORDERS = (...sums: readonly number[]): string =>
  sums
    .map(
      (n) =>
        `with o as (insert into orders default values returning id) insert into items (n, order_id) select ${n}, id from o`,
    )
    .join('; ');

interface RuleCase {
  readonly before: Entities;
  readonly after: Entities;
  readonly notes?: string;
  readonly allow: string;
  readonly fits: string;
  readonly fails: string;
}

const CASES: Readonly<Record<string, RuleCase>> = {
  'a bound of what is computed otherwise': {
    before: lead(made('record.a', ', max: 5')),
    after: lead(made('record.a + 10', ', max: 5')),
    allow: 'rewrite entity Lead, check field Lead.x',
    fits: LEADS('(-5, null)'),
    fails: LEADS('(1, null)'),
  },
  'a wider bound of what is computed otherwise': {
    before: lead(made('record.a', ', max: 5')),
    after: lead(made('record.a + 10', ', max: 8')),
    allow: 'rewrite entity Lead, check field Lead.x',
    fits: LEADS('(-2, null)'),
    fails: LEADS('(1, null)'),
  },
  'what is computed otherwise, of which no two may be alike': {
    before: lead(made('record.a', ', unique: true')),
    after: lead(made('record.a % 2', ', unique: true')),
    allow: 'rewrite entity Lead, check field Lead.x',
    fits: LEADS('(1, null)', '(2, null)'),
    fails: LEADS('(1, null)', '(3, null)'),
  },
  'a condition on what is computed otherwise': {
    before: lead(made('record.a'), SMALL),
    after: lead(made('record.a + 10'), SMALL),
    allow: 'rewrite entity Lead, check field Lead.x',
    fits: LEADS('(4, null)'),
    fails: LEADS('(5, null)'),
  },
  'ranges to an end that is computed otherwise': {
    before: DAYS('record.c'),
    after: DAYS('record.b'),
    allow: 'rewrite entity Lead, check field Lead.a',
    fits: SPANS("('2026-01-01', '2026-01-03', '2026-01-02')", "('2026-01-03', '2026-01-05', '2026-01-04')"),
    fails: SPANS("('2026-01-01', '2026-01-04', '2026-01-02')", "('2026-01-03', '2026-01-05', '2026-01-04')"),
  },
  'a bound of what is computed from a value that is given': {
    before: lead('  x: { type: integer, computed: "record.b", max: 5, optional: true }\n'),
    after: {
      Lead:
        lead('  x: { type: integer, computed: "record.b", max: 5, optional: true }\n')['Lead']?.replace(
          ', optional: true',
          '',
        ) ?? '',
    },
    notes: 'backfill: { Lead.b: 9 }',
    allow: 'check field Lead.x',
    fits: LEADS('(1, 5)'),
    fails: LEADS('(1, null)'),
  },
  'a bound of what is new and computed': {
    before: PLAIN,
    after: lead(made('record.a + 10', ', max: 15')),
    allow: 'rewrite entity Lead, check field Lead.x',
    fits: LEADS('(5, null)'),
    fails: LEADS('(6, null)'),
  },
  'what is new and computed, of which no two may be alike': {
    before: PLAIN,
    after: lead(made('record.a % 2', ', unique: true')),
    allow: 'rewrite entity Lead, check field Lead.x',
    fits: LEADS('(1, null)', '(2, null)'),
    fails: LEADS('(1, null)', '(3, null)'),
  },
  'a condition on what is new and computed from what is new': {
    before: PLAIN,
    after: lead('  c: { type: integer, default: 7 }\n  x: { type: integer, computed: "record.a + record.c" }\n', SMALL),
    allow: 'rewrite entity Lead, check field Lead.x',
    fits: LEADS('(7, null)'),
    fails: LEADS('(8, null)'),
  },
  'a bound of a sum that is another': {
    before: order(sum('record.items.sum(i, i.n)', ', max: "5"')),
    after: order(sum('record.items.sum(i, i.n) + 2', ', max: "5"')),
    allow: 'check field Order.x',
    fits: ORDERS(3),
    fails: ORDERS(4),
  },
  'a sum that is another, of which no two may be alike': {
    before: order(sum('record.items.sum(i, i.n)', ', unique: true')),
    after: order(sum('record.items.sum(i, i.n) % 2', ', unique: true')),
    allow: 'check field Order.x',
    fits: ORDERS(1, 2),
    fails: ORDERS(1, 3),
  },
  'a condition on a sum that is another': {
    before: order(sum('record.items.sum(i, i.n)'), SMALL),
    after: order(sum('record.items.sum(i, i.n) + 10'), SMALL),
    allow: 'check field Order.x',
    fits: ORDERS(4),
    fails: ORDERS(5),
  },
  'new sums, of which no two may be alike': {
    before: order(''),
    after: order(sum('record.items.sum(i, i.n)', ', unique: true')),
    allow: 'check field Order.x',
    fits: ORDERS(1, 2),
    fails: ORDERS(1, 1),
  },
};

async function run(rows: string, { before, after, notes = '', allow }: RuleCase): Promise<unknown> {
  const head = `migration:\n  allow: [${allow}]\n  ${notes}\n`;
  const { plan, migrations } = planSpecs(spec(before), spec(after, head));
  const hazards = plan.migration?.claim.hazards ?? [];
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await test_.database.session((session) => session.script(rows));
  const counts = await test_.database.session((session) => readCounts(hazards, session));
  const failed = await migrate(test_.database, migrations).then(
    () => false,
    () => true,
  );
  const uncounted = hazards.filter(({ kind, query }) => kind === 'MAY_FAIL_ON_DATA' && query === undefined);
  return { failed, uncounted, findings: [...counts.findings, ...counts.judge(failed)] };
}

test.each(Object.entries(CASES))('a rule over a computed value is counted before it fails: %s', async (_, item) => {
  const { history } = planSpecs(spec(item.before));
  const refused = planSpec(spec(item.after, item.notes && `migration:\n  ${item.notes}\n`), history);
  expect(refused.diagnostics.map(({ code }) => code)).toContain('SC4211');
  expect(await run(item.fits, item)).toEqual({ failed: false, uncounted: [], findings: [] });
  expect(await run(item.fails, item)).toEqual({ failed: true, uncounted: [], findings: [] });
});

test.each([
  ['a bound', order(sum('record.items.sum(i, i.n)', ', max: "5"'))],
  ['a condition', order(sum('record.items.sum(i, i.n)'), 'checks:\n  small: "record.x <= 5"\n')],
])('%s of a new sum binds rows from their next change on, and those against it are counted', async (_, after) => {
  const { plan, migrations } = planSpecs(spec(order('')), spec(after));
  const told = (plan.migration?.claim.hazards ?? []).filter(({ kind }) => kind === 'BEHAVIOUR_CHANGE');
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await test_.database.session((session) => session.script(ORDERS(5, 6)));
  const counted = await test_.database.session(async (session) =>
    Promise.all(told.map(async ({ query }) => (await session.query({ text: query ?? '', values: [] })).rows)),
  );
  expect(counted).toEqual([[['1']]]);
  await migrate(test_.database, migrations);
  const add = (n: number, total: number): Promise<unknown> =>
    test_.database.query({
      text: `insert into items (n, order_id) select ${n}, id from orders where x = ${total}`,
      values: [],
    });
  await expect(add(1, 6)).rejects.toMatchObject({ sqlState: '23514' });
  await expect(add(0, 5)).resolves.toMatchObject({ rowCount: 1 });
});

const OVERFLOWS: Readonly<Record<string, RuleCase>> = {
  'a whole number that is computed does not fit': {
    before: PLAIN,
    after: lead(made('record.a * 1000')),
    allow: 'rewrite entity Lead',
    fits: LEADS('(2147483, null)'),
    fails: LEADS('(2147484, null)'),
  },
  'a whole number that is computed otherwise does not fit': {
    before: lead(made('record.a * 10')),
    after: lead(made('record.a * 1000')),
    allow: 'rewrite entity Lead',
    fits: LEADS('(-2147483, null)'),
    fails: LEADS('(-2147484, null)'),
  },
  'a decimal that is computed does not fit': {
    before: PLAIN,
    after: lead('  x: { type: decimal, precision: 6, scale: 2, computed: "record.a * 0.5" }\n'),
    allow: 'rewrite entity Lead',
    fits: LEADS('(19999, null)'),
    fails: LEADS('(20000, null)'),
  },
  'a sum does not fit': {
    before: order('  y: { type: integer, default: 0 }\n'),
    after: order('  x: { type: integer, computed: "record.items.sum(i, i.n * 1000)" }\n'),
    allow: 'drop field Order.y',
    fits: ORDERS(2147483),
    fails: ORDERS(2147484),
  },
};

test.each(Object.entries(OVERFLOWS))('a count says which rows are in the way of a number: %s', async (_, item) => {
  expect(await run(item.fits, item)).toEqual({ failed: false, uncounted: [], findings: [] });
  expect(await run(item.fails, item)).toEqual({ failed: true, uncounted: [], findings: [] });
});

const TOTALS = (total: string): Entities => ({
  Order: 'fields:\n  a: { type: integer }\n  x: { type: bigint, computed: "record.items.sum(i, i.total)", max: "9" }',
  Item: `fields:\n  n: { type: integer }\n  ${total}\n  order: { type: reference, to: Order, inverse: items, onDelete: cascade }`,
});

test.each([
  [
    'computed',
    TOTALS('total: { type: integer, computed: "record.n" }'),
    TOTALS('total: { type: integer, computed: "record.n * 2" }'),
    '',
  ],
  [
    'given',
    TOTALS('total: { type: integer, optional: true }'),
    TOTALS('total: { type: integer }'),
    'backfill: { Item.total: 7 }',
  ],
])('a rule over a sum is claimed where what it sums up is %s otherwise', (_, before, after, notes) => {
  const { history } = planSpecs(spec(before));
  const { diagnostics } = planSpec(spec(after, `migration:\n  allow: [rewrite entity Item]\n  ${notes}\n`), history);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject([
    { code: 'SC4211', message: expect.stringContaining('orders_x_max') },
  ]);
});

const STATES = (values: string, expression: string, more = ''): Entities =>
  order(
    sum(expression),
    '',
    `n: { type: integer }\n  t: { type: string, maxLength: 9, optional: true }\n  state: { type: enum, values: [${values}]${more} }`,
  );
const DONE = "record.items.sum(i, i.state == 'done' ? i.n : 0)";
const PRICES = (scale: number): Entities =>
  order(
    '  x: { type: decimal, precision: 12, scale: 2, computed: "record.items.sum(i, i.n)" }\n',
    '',
    `n: { type: decimal, precision: 12, scale: ${scale} }`,
  );

test.each([
  [
    'values become one',
    STATES('old, done', DONE),
    STATES('done, other', DONE),
    'allow: [rewrite entity Item, drop value Item.state.old]\n  values: { Item.state: { old: done } }',
    "with o as (insert into orders default values returning id) insert into items (n, state, order_id) select 3, 'old', id from o",
    '3',
  ],
  [
    'digits go',
    PRICES(2),
    PRICES(0),
    'allow: [change field Item.n]',
    'with o as (insert into orders default values returning id) insert into items (n, order_id) select 2.75, id from o',
    '3.00',
  ],
])('a sum is right afterwards though no trigger saw that %s', async (_, before, after, notes, rows, expected) => {
  const { migrations } = planSpecs(spec(before), spec(after, `migration:\n  ${notes}\n`));
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await test_.database.session((session) => session.script(rows));
  await migrate(test_.database, migrations);
  expect((await test_.database.query({ text: 'select x from orders', values: [] })).rows).toEqual([[expected]]);
});

test('a sum stays as it is where a value that it asks for is renamed, and the way back is there', () => {
  const old = "record.items.sum(i, i.state in ['old', 'other'] || 'old' != i.state ? i.n : 0)";
  const { plan } = planSpecs(
    spec(STATES('old, other', old)),
    spec(STATES('done, other', old.replaceAll("'old'", "'done'"), ', valuesWere: { done: old }')),
  );
  expect(plan.migration?.claim.hazards.map(({ kind }) => kind)).toEqual(['BREAKS_RUNNING_CODE']);
  expect(plan.migration?.claim.operations.map(({ kind }) => kind)).toEqual([
    'renameEnumValue',
    'replaceFunction',
    'replaceFunction',
  ]);
  expect(plan.migration?.down).toBeDefined();
});

test.each([
  ['a text that is compared too', `${DONE.replaceAll('done', 'old')} + record.items.count(i, i.t == 'old')`],
  ['another text by then', "record.items.sum(i, i.state != 'old' || i.t == 'done' ? i.n : 0)"],
])('and is filled where the word may be %s', (_, before) => {
  const { plan } = planSpecs(
    spec(STATES('old, other', before)),
    spec(STATES('done, other', before.replaceAll("'old'", "'done'"), ', valuesWere: { done: old }')),
  );
  expect(plan.migration?.claim.hazards).toContainEqual({ kind: 'BACKFILL', object: 'orders.x' });
});

test('a value that is given reaches sums of frozen rows, which stay frozen for all else', async () => {
  const FROZEN = 'frozen: "record.a == 1"\n';
  const fields = (n: string): Entities => order(sum('record.items.sum(i, i.n)'), FROZEN, n);
  const { migrations } = planSpecs(
    spec(fields('n: { type: integer, optional: true }')),
    spec(fields('n: { type: integer }'), 'migration:\n  backfill: { Item.n: 7 }\n'),
  );
  const query = async (text: string): Promise<unknown> => (await test_.database.query({ text, values: [] })).rows;
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await query(
    'with o as (insert into orders default values returning id) insert into items (n, order_id) select null, id from o',
  );
  await query('update orders set a = 1');
  await migrate(test_.database, migrations);
  expect(await query('select a, x from orders')).toEqual([['1', '7']]);
  await expect(query('update orders set a = 2')).rejects.toThrow('frozen');
});

test('what is computed from what is computed is filled and told, frozen or not', async () => {
  const people = (total: string): string =>
    spec(
      {
        Person:
          'fields:\n  rank: { type: integer, default: 1 }\n  owed: { type: bigint, computed: "record.plans.sum(p, p.spent)" }\nfrozen: "record.owed > 4"',
        Plan: `
fields:
  isDone: { type: boolean, default: false }
  owner: { type: reference, to: Person, inverse: plans }
  spent: { type: bigint, computed: "record.costs.sum(c, c.total)" }
frozen: "record.isDone"`,
        Cost: `
fields:
  plan: { type: reference, to: Plan, inverse: costs, onDelete: cascade }
  cost: { type: integer }
  total: { type: integer, computed: "${total}" }`,
      },
      'migration:\n  allow: [rewrite entity Cost]\n',
    );
  const { migrations, plan } = planSpecs(
    people('record.cost').replace(/migration:\n.+\n/, ''),
    people('record.cost + 1'),
  );
  const filled = plan.migration?.claim.hazards.flatMap(({ kind, object }) => (kind === 'BACKFILL' ? [object] : []));
  expect(filled).toEqual(['people.owed', 'plans.spent']);
  const query = async (text: string): Promise<unknown> => (await test_.database.query({ text, values: [] })).rows;
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await query(`
with p as (insert into people default values returning id), q as (insert into plans (owner_id) select id from p returning id)
insert into costs (plan_id, cost) select id, 5 from q`);
  await query('update plans set is_done = true');
  await migrate(test_.database, migrations);
  expect(await query('select spent, owed from plans, people')).toEqual([['6', '6']]);
  await query('update costs set cost = cost');
  await expect(query('update costs set cost = 7')).rejects.toThrow('frozen');
});

test('what is computed of a required field that rows have nothing in is named beside it', async () => {
  const { plan, migrations } = planSpecs(
    spec({ Lead: 'fields:\n  a: { type: integer }' }),
    spec(
      {
        Lead: 'fields:\n  a: { type: integer }\n  b: { type: integer }\n  x: { type: integer, computed: "record.b + 1" }',
      },
      'migration:\n  allow: [require field Lead.b, rewrite entity Lead]\n',
    ),
  );
  const objects = plan.migration?.claim.hazards.flatMap(({ kind, object }) =>
    kind === 'MAY_FAIL_ON_DATA' ? [object] : [],
  );
  expect(objects).toEqual(['leads.b', 'leads.x']);
  await test_.reset();
  await migrate(test_.database, migrations);
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await test_.database.session((session) => session.script('insert into leads (a) values (1)'));
  await expect(migrate(test_.database, migrations)).rejects.toMatchObject({
    message: expect.stringMatching(/"x"|leads/),
  });
});

test('what is new and generated is added once the columns that it reads have their new types and names', async () => {
  const lead = (fields: string, more = ''): string =>
    spec({ Lead: `fields:\n${fields}${more}` }, 'migration:\n  allow: [rewrite entity Lead]\n');
  const { migrations } = planSpecs(
    spec({ Lead: 'fields:\n  a: { type: integer }\n  name: { type: string, maxLength: 9 }' }),
    lead(
      '  b: { type: bigint, was: a }\n  name: { type: string, maxLength: 99 }\n  twice: { type: bigint, computed: "record.b * 2" }\n  low: { type: string, maxLength: 99, computed: "lower(record.name)" }\n',
      'search: [name, low]\n',
    ),
  );
  await migrateRows(migrations, "insert into leads (a, name) values (4, 'Ann')");
  const text = "select twice, low from leads where _search @@ to_tsquery('simple', 'ann')";
  expect((await test_.database.query({ text, values: [] })).rows).toEqual([['8', 'ann']]);
});

test('a column that is called like a keyword is no part of every statement', () => {
  const trip = (type: string, head = ''): string =>
    spec(
      {
        Trip: `fields:\n  from: { type: ${type} }\n  total: { type: bigint, computed: "record.legs.sum(l, l.cost)" }\nchecks: { cap: "record.total < 9" }`,
        Leg: 'fields:\n  trip: { type: reference, to: Trip, inverse: legs }\n  cost: { type: integer }',
      },
      head,
    );
  const { plan } = planSpecs(
    trip('date'),
    trip('datetime', 'migration:\n  allow: [change field Trip.from]\n  cast: { Trip.from: { timeZone: UTC } }\n'),
  );
  expect(plan.migration?.claim.hazards.map(({ object }) => object)).toEqual(['trips.from', 'trips']);
});

test.each([
  ['new', ''],
  ['made anew', '  net: { type: bigint, computed: "record.a == null ? 0 : record.a * 2" }\n'],
])('what is generated, and is %s, of a field that is filled in is required once it has a value', async (_, before) => {
  const lead = (a: string, net: string, head = ''): string =>
    spec({ Lead: `fields:\n  a: { type: integer${a} }\n${net}` }, head);
  const { migrations } = planSpecs(
    lead(', optional: true', before),
    lead(
      '',
      '  net: { type: bigint, computed: "record.a * 2" }\n',
      'migration:\n  allow: [rewrite entity Lead]\n  backfill: { Lead.a: 7 }\n',
    ),
  );
  await migrateRows(migrations, 'insert into leads (a) values (1), (null)');
  const query = { text: 'select net from leads order by net', values: [] };
  expect((await test_.database.query(query)).rows).toEqual([['2'], ['14']]);
});

const SOLD: Entities = {
  Shop: 'fields:\n  limit: { type: integer, default: 5 }\n  from: { type: date, optional: true }',
  Tag: 'fields:\n  n: { type: integer, default: 1 }\n  used: { type: integer, computed: "size(record.orders)" }',
  Order: `
fields:
  shop: { type: reference, to: Shop }
  tags: { type: references, to: Tag, inverse: orders }
  n: { type: integer, computed: "record.tags.sum(t, t.n) + record.shop.limit" }`,
  Line: `
fields:
  order: { type: reference, to: Order }
  left: { type: integer, computed: "record.order.shop.limit - record.order.n" }`,
};

test.each([
  ['an entity whose old name a list bears, too', { 'Order:': 'Ticket:\n    was: Order', 'to: Order': 'to: Ticket' }],
  [
    'two entities that exchange them',
    { 'Shop:': 'Tag:\n    was: Shop', 'Tag:': 'Shop:\n    was: Tag', 'to: Shop': 'to: Tag', 'to: Tag': 'to: Shop' },
  ],
  [
    'a link that leads on',
    { 'shop: {': 'seller: { was: shop,', 'record.shop': 'record.seller', 'order.shop': 'order.seller' },
  ],
  ['a link that leads to it', { 'order: {': 'ticket: { was: order,', 'record.order.': 'record.ticket.' }],
  ['a list from its other side', { 'inverse: orders': 'inverse: fans', 'record.orders': 'record.fans' }],
  [
    'what is summed up, though others are called so',
    { 'n: { type: integer, d': 'value: { was: n, type: integer, d', 't.n': 't.value' },
  ],
  ['what stands in quotes', { 'limit: {': 'most: { was: limit,', '.limit': '.most' }],
  [
    'what has to stand in quotes from now on',
    { 'n: { type: integer, d': 'order: { was: n, type: integer, d', 't.n': 't.order' },
  ],
  ['a keyword that all formulas have', { 'from: {': 'start: { was: from,' }],
])('what is computed is as before under other names of %s, and can be taken back', (_, names) => {
  const before = spec(SOLD);
  const written = new RegExp(Object.keys(names).join('|').replaceAll('.', '[.]'), 'g');
  const after = before.replace(written, (name) => new Map(Object.entries(names)).get(name) ?? name);
  const { plan } = planSpecs(before, after);
  expect(
    plan.migration?.claim.hazards.filter(({ kind }) => kind !== 'BREAKS_RUNNING_CODE' && kind !== 'BEHAVIOUR_CHANGE'),
  ).toEqual([]);
  expect(plan.migration?.down).toBeDefined();
});
