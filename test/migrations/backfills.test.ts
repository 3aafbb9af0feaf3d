import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { proveOnEmbedded } from '../../compiler/verify/prove-on-embedded.ts';
import { describeEachDatabase } from '../describe-databases.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { planSpec, planSpecs, spec } from './plan-spec.ts';

const BEFORE = spec({
  Invoice: `
fields:
  number: { type: integer }
  state: { type: enum, values: [open, paid], default: open, transitions: { open: [paid] } }
  memo: { type: string, optional: true }
  half: { type: integer, computed: "record.number / 2" }
search: [memo]
frozen: "record.state == 'paid'"
`,
});
const AFTER = spec(
  {
    Invoice: `
fields:
  number: { type: integer }
  state: { type: enum, values: [open, paid], default: open, transitions: { open: [paid] } }
  memo: { type: string }
  half: { type: integer, computed: "record.number / 2" }
  total: { type: decimal, precision: 10, scale: 2 }
search: [memo]
frozen: "record.state == 'paid'"
`,
  },
  'migration:\n  backfill: { Invoice.total: "2.00", Invoice.memo: none }\n',
);
const { migrations, plan, history } = planSpecs(BEFORE, AFTER);

describeEachDatabase((version) => {
  let test_: TestDatabase;
  beforeAll(async () => {
    test_ = await openTestDatabase(version);
  });
  afterAll(() => test_.close());

  test('a backfill reaches rows that are frozen, and they stay frozen for all else', async () => {
    await test_.reset();
    await migrate(test_.database, migrations.slice(0, 1));
    const query = async (text: string): Promise<readonly (readonly (string | null)[])[]> =>
      (await test_.database.query({ text, values: [] })).rows;
    await query("insert into invoices (number, memo) values (1, null), (2, 'kept')");
    await query("update invoices set state = 'paid'");
    await migrate(test_.database, migrations);
    expect(await query('select number, state, memo, total from invoices order by number')).toEqual([
      ['1', 'paid', 'none', '2.00'],
      ['2', 'paid', 'kept', '2.00'],
    ]);
    await expect(query("update invoices set memo = 'other'")).rejects.toThrow();
    await expect(query('update invoices set total = 0')).rejects.toThrow();
  });
});

test.each([
  ['string', 'ann-1', "'ann-1'"],
  ['bigint', '"7"', "'7'"],
])('a link that is required leads to a row whose id is a %s', (kind, value, sql) => {
  const lead = (optional: string, head = ''): string =>
    spec(
      {
        Tag: `id: ${kind}\nfields: { n: { type: integer } }`,
        Lead: `fields: { tag: { type: reference, to: Tag${optional} } }`,
      },
      head,
    );
  const head = `migration:\n  backfill: { Lead.tag: ${value} }\n`;
  const { plan } = planSpecs(lead(', optional: true'), lead('', head));
  expect(plan.migration?.sql.text).toContain(`set tag_id = ${sql}\n`);
});

test('and it is proven', async () => {
  expect(plan.migration && (await proveOnEmbedded(plan.migration.claim))).toEqual([]);
});

test('code that does not know the fields cannot make rows any more, and the header says so', () => {
  const broken = plan.migration?.claim.hazards.filter(({ kind }) => kind === 'BREAKS_RUNNING_CODE');
  expect(broken?.map(({ object }) => object)).toEqual(['invoices.total', 'invoices.memo']);
  const preset = AFTER.replace(/migration:\n.*\n/, '')
    .replace('memo: { type: string }', 'memo: { type: string, optional: true }')
    .replace('total: { type: decimal', 'total: { default: "1.00", type: decimal');
  expect(planSpecs(BEFORE, preset).plan.migration?.sql.text).not.toContain('BREAKS_RUNNING_CODE');
});

test('and left behind in the spec it plans nothing', () => {
  const again = planSpec(AFTER, history);
  expect(again.migration).toBeUndefined();
  expect(again.diagnostics.map(({ code }) => code)).toEqual(['SC4220', 'SC4220']);
});
