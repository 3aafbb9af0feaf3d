import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Trigger } from '../../compiler/plan/database/database-schema.ts';
import { diffSchemas } from '../../compiler/plan/migration/diff/diff-schemas.ts';
import { NO_INTENTS } from '../../compiler/plan/migration/intent/intents.ts';
import { proveMigration } from '../../compiler/verify/prove-migration.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { readCounts } from './judge-counts.ts';
import { planSpecs, spec } from './plan-spec.ts';

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await openTestDatabase(undefined);
});
afterAll(() => test_.close());

const query = async (text: string): Promise<readonly (readonly (string | null)[])[]> =>
  (await test_.database.query({ text, values: [] })).rows;

/** A plan whose costs are summed up, and a check over that sum. */
const plans = (check: string, more = '', cost = ''): string =>
  spec(
    {
      Plan: `
fields:
  budget: { type: integer }
  spent: { type: bigint, computed: "record.costs.sum(c, c.cost)" }
${more}checks: { withinBudget: "${check}" }`,
      Cost: `
fields:
  plan: { type: reference, to: Plan, inverse: costs, onDelete: cascade }
  cost: { type: integer }
  qty: { type: integer, default: 1 }`,
    },
    cost && `migration:\n  ${cost}\n`,
  );
const PIECES = '  pieces: { type: bigint, computed: "record.costs.sum(c, c.qty)" }\n';
const NOTE = '  note: { type: string }\n';
const WITHIN = 'record.spent <= record.budget';
const TWICE = 'record.spent * 2 <= record.budget';
const ROWS =
  'with p as (insert into plans (budget) values (10) returning id) insert into costs (plan_id, cost) select id, 7 from p';

test.each([
  ['with a column that is computed beside it', plans(WITHIN), plans(TWICE, PIECES)],
  ['with a column that is given a value beside it', plans(WITHIN), plans(TWICE, NOTE, 'backfill: { Plan.note: x }')],
  [
    'with a column that is renamed beside it',
    plans(WITHIN, '  says: { type: string, optional: true }\n'),
    plans(TWICE, '  told: { type: string, optional: true, was: says }\n'),
  ],
])('a check over other rows that changes %s is counted and stops no backfill', async (_, before, after) => {
  const { plan, migrations } = planSpecs(before, after);
  if (plan.migration === undefined) throw new Error('nothing was planned');
  const { claim } = plan.migration;
  const check = claim.hazards.find(({ object }) => object === 'plans_within_budget_check');
  expect(check).toMatchObject({ kind: 'BEHAVIOUR_CHANGE' });
  expect(claim.hazards.map(({ kind }) => kind)).not.toContain('MAY_FAIL_ON_DATA');
  expect(await test_.database.session((session) => proveMigration(claim, session))).toEqual([]);
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await query(ROWS);
  expect(await query(check?.query ?? '')).toEqual([['1']]);
  await migrate(test_.database, migrations);
  await expect(query('update plans set budget = 13')).rejects.toThrow('plans_within_budget_check');
  await query('update plans set budget = 14');
  await expect(query('update costs set cost = 8')).rejects.toThrow('plans_within_budget_check');
});

const OPTIONAL_NOTE = '  note: { type: string, optional: true }\n';

test.each([
  ['what it reads is filled in', OPTIONAL_NOTE, NOTE, "record.note == null || record.note == 'y' || ", 'note'],
  ['what it reads is computed anew', '', '', '', 'spent'],
])('an entity is renamed under a check over other rows, and %s', async (_, before, after, first, field) => {
  const backfill = after === '' ? '' : ', backfill: { Scheme.note: x }';
  const renamed = plans(first + WITHIN, after)
    .replace('  Plan:', '  Scheme:\n    was: Plan')
    .replace('to: Plan', 'to: Scheme')
    .replace('c.cost)', after === '' ? 'c.cost) + 1' : 'c.cost)');
  const { plan, migrations } = planSpecs(
    plans(first + WITHIN, before),
    `${renamed}\nmigration: { allow: [check field Scheme.${field}]${backfill} }\n`,
  );
  if (plan.migration === undefined) throw new Error('nothing was planned');
  expect(await test_.database.session((session) => proveMigration(plan.migration!.claim, session))).toEqual([]);
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await query(ROWS.replace('7', '2'));
  await migrate(test_.database, migrations);
  await query('update schemes set budget = 5');
  await expect(query('update costs set cost = 9')).rejects.toThrow('schemes_within_budget_check');
});

test('a check that a backfill has nothing to do with is not asked of a row that has not met it since before', async () => {
  const { plan, migrations } = planSpecs(
    plans('record.budget > 0'),
    plans(WITHIN),
    plans(WITHIN, NOTE, 'backfill: { Plan.note: x }'),
  );
  expect(plan.migration?.claim.hazards).toEqual([
    { kind: 'BACKFILL', object: 'plans.note' },
    { kind: 'BREAKS_RUNNING_CODE', object: 'plans.note' },
  ]);
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await query(ROWS.replace('7', '70'));
  await migrate(test_.database, migrations);
  expect(await query('select note from plans')).toEqual([['x']]);
});

test('one that goes is asked of no row that gets another value', async () => {
  const otherwise = plans(WITHIN)
    .replace('c.cost)', 'c.cost * 2)')
    .replace(/checks: .*/, '');
  const { migrations } = planSpecs(plans(WITHIN), otherwise);
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await query(ROWS);
  await migrate(test_.database, migrations);
  expect(await query('select budget, spent from plans')).toEqual([['10', '14']]);
});

test('one that it has to do with is counted before anything runs', async () => {
  const more = (note: string): string => `  extra: { type: integer${note} }\n`;
  const check = 'record.extra == null || record.spent + record.extra <= record.budget';
  const { plan, migrations } = planSpecs(
    plans(check, more(', optional: true')),
    plans(
      check.replace('record.extra == null || ', ''),
      more(''),
      'allow: [check field Plan.extra]\n  backfill: { Plan.extra: 4 }',
    ),
  );
  const hazards = plan.migration?.claim.hazards ?? [];
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await query(ROWS);
  const counts = await test_.database.session((session) => readCounts(hazards, session));
  expect(counts.findings).toEqual([]);
  await expect(migrate(test_.database, migrations)).rejects.toThrow('failed at step');
  expect(counts.judge(true)).toEqual([]);
  expect(hazards.filter(({ kind }) => kind === 'MAY_FAIL_ON_DATA').every((item) => item.query !== undefined)).toBe(
    true,
  );
});

test('one that an earlier compiler had asked of every row is asked of fewer before rows are filled', () => {
  const { plan } = planSpecs(plans(WITHIN), plans(WITHIN, NOTE, 'backfill: { Plan.note: x }'));
  const { from, to } = plan.migration?.claim ?? {};
  if (from === undefined || to === undefined) throw new Error('nothing was planned');
  const tables = from.tables.map((table) => ({
    ...table,
    triggers: table.triggers.map(wide),
  }));
  const { operations } = diffSchemas({ ...from, tables }, to, {
    ...NO_INTENTS,
    backfills: [{ table: 'plans', column: 'note', expression: "'x'" }],
  });
  const trigger = operations.findIndex(
    (item) => item.kind === 'createTrigger' && item.trigger.name === 'plans_within_budget_check_self',
  );
  expect(trigger).toBeGreaterThan(-1);
  expect(trigger).toBeLessThan(operations.findIndex(({ kind }) => kind === 'backfill'));
});

/** A customer with a sum over sums, and a check of it. */
const customers = (values: string, of: { check?: string; total?: string; notes?: string } = {}): string =>
  spec(
    {
      Cust: `
fields:
  spent: { type: bigint, computed: "record.ords.sum(o, o.tot)" }
  tags: { type: integer, default: 0 }
${of.check === undefined ? '' : `checks: { cap: "${of.check}" }`}`,
      Ord: `
fields:
  cust: { type: reference, to: Cust, inverse: ords }
  tot: { type: bigint, computed: "${of.total ?? "record.its.count(i, i.st == 'b')"}" }
softDelete: true`,
      It: `
fields:
  ord: { type: reference, to: Ord, inverse: its, onDelete: cascade }
  st: { type: enum, values: [${values}], default: a }`,
    },
    of.notes && `migration:\n  ${of.notes}\n`,
  );
const CAP = 'record.spent <= 2';
const MERGED = 'allow: [check field Cust.spent, drop value It.st.c]\n  values: { It.st: { c: b } }';
const CHANGED = 'allow: [check field Cust.spent]';
const ITEMS = (...states: readonly string[]): string => `
with c as (insert into custs default values returning id), o as (insert into ords (cust_id) select id from c returning id)
insert into its (ord_id, st) select id, st::it_st from o, unnest(array['${states.join("','")}']) given(st)`;

test.each([
  ['by a value that another becomes', customers('a, b', { check: CAP, notes: MERGED })],
  [
    'by what is counted otherwise',
    customers('a, b, c', {
      check: CAP,
      total: "record.its.count(i, i.st != 'a')",
      notes: CHANGED,
    }),
  ],
])('a check of a sum over sums that breaks %s is counted before anything runs', async (_, after) => {
  const { plan, migrations } = planSpecs(customers('a, b, c', { check: CAP }), after);
  const hazards = plan.migration?.claim.hazards ?? [];
  expect(hazards.find(({ object }) => object === 'custs_cap_check')).toMatchObject({ kind: 'MAY_FAIL_ON_DATA' });
  for (const [states, isBroken] of [
    [['b', 'a', 'c'], false],
    [['b', 'c', 'c'], true],
  ] as const) {
    await test_.reset();
    await migrate(test_.database, migrations.slice(0, 1));
    await query(ITEMS(...states));
    const counts = await test_.database.session((session) => readCounts(hazards, session));
    const failed = await migrate(test_.database, migrations).then(
      () => false,
      () => true,
    );
    expect({
      failed,
      findings: [...counts.findings, ...counts.judge(failed)],
    }).toEqual({
      failed: isBroken,
      findings: [],
    });
    const uncounted = hazards.filter(({ kind, query: count }) => kind === 'MAY_FAIL_ON_DATA' && count === undefined);
    expect(uncounted).toEqual([]);
  }
});

test.each([
  ['counted otherwise', { total: "record.its.count(i, i.st != 'a')" }, 'a, b, c', ''],
  ['made of a value that another becomes', {}, 'a, b', 'allow: [drop value It.st.c]\n  values: { It.st: { c: b } }'],
])('a new check of a sum over sums that is %s is told with a count', async (_, more, values, notes) => {
  const { plan, migrations } = planSpecs(customers('a, b, c'), customers(values, { ...more, check: CAP, notes }));
  const check = plan.migration?.claim.hazards.find(({ object }) => object === 'custs_cap_check');
  expect(check).toMatchObject({ kind: 'BEHAVIOUR_CHANGE' });
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await query(ITEMS('b', 'c', 'c'));
  await query(ITEMS('a', 'c', 'c'));
  expect(await query(check?.query ?? '')).toEqual([['1']]);
  await migrate(test_.database, migrations);
  expect(await query('select spent from custs order by spent')).toEqual([['2'], ['3']]);
});

function wide(trigger: Trigger): Trigger {
  const isAsked = trigger.name === 'plans_within_budget_check_self';
  return isAsked ? { ...trigger, events: [{ on: 'insert' }, { on: 'update' }] } : trigger;
}

test('two entities and the link between them are renamed while what one computes of the other is another', async () => {
  const spent = (
    plan: string,
    cost: string,
    link: string,
    sign: string,
    was: readonly string[] = ['', '', ''],
  ): string =>
    spec({
      [plan]: `${was[0]}fields:\n  budget: { type: integer }\n  spent: { type: bigint, computed: "record.costs.sum(c, c.cost)" }\nchecks: { within: "record.spent < 20" }`,
      [cost]: `${was[1]}fields:\n  ${link}: { ${was[2]}type: reference, to: ${plan}, inverse: costs, onDelete: cascade }\n  cost: { type: integer }\n  left: { type: integer, computed: "record.${link}.budget ${sign} record.cost" }`,
    });
  const renamed = ['was: Plan\n', 'was: Cost\n', 'was: plan, '];
  const { plan, migrations } = planSpecs(
    spent('Plan', 'Cost', 'plan', '+'),
    spent('Scheme', 'Expense', 'aim', '-', renamed),
  );
  if (plan.migration === undefined) throw new Error('nothing was planned');
  expect(await test_.database.session((session) => proveMigration(plan.migration!.claim, session))).toEqual([]);
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await query(ROWS);
  await migrate(test_.database, migrations);
  expect(await query('select "left" from expenses')).toEqual([['3']]);
  await query('update expenses set cost = 9');
  expect(await query('select spent, "left" from schemes, expenses')).toEqual([['9', '1']]);
});
