import { afterAll, beforeAll, expect, test } from 'vitest';
import { proveOnEmbedded } from '../../compiler/verify/prove-on-embedded.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { describeEachDatabase } from '../describe-databases.ts';
import { openTestDatabase, type TestDatabase } from '../migrations/databases.ts';
import { planSpecs, spec } from '../migrations/plan-spec.ts';

const specWith = (computed: string): string =>
  spec({
    Order: `fields:\n  number: { type: integer }\n  isSent: { type: boolean, default: false }\n${computed}frozen: "record.isSent"`,
    Item: 'fields:\n  order: { type: reference, to: Order, inverse: items }\n  price: { type: integer }',
  });

const { migrations, plan } = planSpecs(
  specWith(''),
  specWith(`  total: { type: integer, computed: "record.items.sum(i, i.price)" }
  dearest: { type: integer, optional: true, computed: "record.items.max(i, i.price)" }
`),
  specWith(`  total: { type: integer, computed: "record.items.sum(i, i.price * 2)" }
  dearest: { type: integer, optional: true, computed: "record.items.max(i, i.price)" }
`),
);

/** A check on what triggers keep, added when rows are there. */
const checked = planSpecs(
  specWith('  total: { type: integer, computed: "record.items.sum(i, i.price)" }\n'),
  specWith(`  total: { type: integer, computed: "record.items.sum(i, i.price)" }
checks: { notEmpty: "record.total > 0" }
`),
);

const header = checked.plan.migration?.sql.text ?? '';

describeEachDatabase((version) => {
  let home: TestDatabase;
  beforeAll(async () => {
    home = await openTestDatabase(version);
  });
  afterAll(() => home.close());

  test('a check on them that comes later tells how many rows do not meet it, and binds what changes', async () => {
    await home.reset();
    const query = async (text: string): Promise<readonly (readonly (string | null)[])[]> =>
      (await home.database.query({ text, values: [] })).rows;
    await migrate(home.database, checked.migrations.slice(0, 1));
    await query('insert into orders (number) values (1), (2)');
    await query('insert into items (order_id, price) select id, 7 from orders where number = 2');
    const { groups: { count = '' } = {} } =
      /orders_not_empty_check\n-- +rows in its way: (?<count>.+)/.exec(header) ?? {};
    expect(await query(count)).toEqual([['1']]);
    await migrate(home.database, checked.migrations);
    await query('update orders set number = 3 where number = 2');
    await query('update orders set number = 4 where number = 1');
    const free = 'insert into items (order_id, price) select id, -1 from orders where number = 4';
    await expect(query(free)).rejects.toThrow('orders_not_empty_check');
    await expect(query('delete from items')).rejects.toThrow('orders_not_empty_check');
  });

  test('columns over other rows that come later, or change, are computed for the rows that are there', async () => {
    await home.reset();
    const query = async (text: string): Promise<readonly (readonly (string | null)[])[]> =>
      (await home.database.query({ text, values: [] })).rows;
    await migrate(home.database, migrations.slice(0, 1));
    await query('insert into orders (number) values (1), (2)');
    await query('insert into items (order_id, price) select id, 10 * number from orders where number = 2');
    await query('insert into items (order_id, price) select id, 7 from orders where number = 2');
    await query('update orders set is_sent = true');
    await migrate(home.database, migrations.slice(0, 2));
    const totals = 'select number, total, dearest from orders order by number';
    expect(await query(totals)).toEqual([
      ['1', '0', null],
      ['2', '27', '20'],
    ]);
    await migrate(home.database, migrations);
    expect(await query(totals)).toEqual([
      ['1', '0', null],
      ['2', '54', '20'],
    ]);
    await expect(query('update items set price = 8 where price = 7')).rejects.toThrow('orders_frozen');
  });
});

test('and that is proven', async () => {
  expect(plan.migration && (await proveOnEmbedded(plan.migration.claim))).toEqual([]);
});
