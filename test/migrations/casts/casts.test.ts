import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { proveOnEmbedded } from '../../../compiler/verify/prove-on-embedded.ts';
import { migrate } from '../../../runtime/migrations/migrate.ts';
import { describeEachPostgres } from '../../describe-databases.ts';
import { openTestDatabase, type TestDatabase } from '../databases.ts';
import { planSpec, planSpecs, spec } from '../plan-spec.ts';
import { CAST_CASES } from './cast-cases.ts';
import { headOf, specOf } from './cast-specs.ts';
import { judgeCast, querying } from './judge-cast.ts';

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await openTestDatabase(undefined);
});
beforeEach(() => test_.reset());
afterAll(() => test_.close());

// Every third kind of change here, all of them in `npm run test:long`.
test.each(Object.entries(CAST_CASES).filter((_, index) => index % 3 === 0))('%s', (_, item) => judgeCast(item, test_));

test.each([
  [
    'items that hold the separator',
    'type: string, maxLength: 9, many: true',
    'type: string, maxLength: 100',
    'separator: ","',
    `('{a,b}'), ('{"a,b"}'), ('{""}')`,
    2,
  ],
  [
    'lists of none, of which an empty text is made',
    'type: string, maxLength: 9, many: true',
    'type: string, maxLength: 100',
    'separator: ","',
    `('{a,b}'), ('{}')`,
    1,
  ],
  [
    'no lists of none, where there may be no text',
    'type: string, maxLength: 9, many: true',
    'type: string, maxLength: 100, optional: true',
    'separator: ","',
    `('{a,b}'), ('{}')`,
    0,
  ],
  [
    'items after the first, and lists of none',
    'type: integer, many: true',
    'type: integer, optional: true',
    'element: first',
    "('{1}'), ('{1,2}'), ('{}')",
    2,
  ],
])('a header counts what is lost: %s', async (_, from, to, cast, rows, lost) => {
  const head = `migration:\n  allow: [rewrite entity Lead, change field Lead.x]\n  cast: { Lead.x: { ${cast} } }\n`;
  const before = spec({ Lead: `fields:\n  x: { ${from} }` });
  const { migrations, plan } = planSpecs(before, spec({ Lead: `fields:\n  x: { ${to} }` }, head));
  const count = plan.migration?.claim.hazards.find(({ kind }) => kind === 'DATA_LOSS')?.query ?? '';
  const query = querying(test_);
  await migrate(test_.database, migrations.slice(0, 1));
  await query(`insert into leads (x) values ${rows}`);
  expect(await query(count)).toEqual([[String(lost)]]);
  await migrate(test_.database, migrations);
});

test('a required value that the cast says nothing of becomes the backfill', async () => {
  const head = `migration:
  allow: [rewrite entity Lead, change field Lead.x]
  backfill: { Lead.x: none }
  cast: { Lead.x: { values: { "true": "yes" } } }
`;
  const { migrations, plan } = planSpecs(specOf('type: boolean'), specOf('type: string, maxLength: 9', head));
  const hazards = plan.migration?.claim.hazards ?? [];
  expect(hazards.map(({ kind }) => kind)).not.toContain('MAY_FAIL_ON_DATA');
  const query = querying(test_);
  await migrate(test_.database, migrations.slice(0, 1));
  await query("insert into leads (name, x) values ('a', true), ('b', false)");
  expect(await query(hazards.find(({ kind }) => kind === 'DATA_LOSS')?.query ?? '')).toEqual([['1']]);
  await migrate(test_.database, migrations);
  expect(await query('select x from leads order by name')).toEqual([['yes'], ['none']]);
});

test.each(['separator: ","', 'element: first'])('nothing becomes several by its backfill: %s', async (cast) => {
  const optional = 'type: string, maxLength: 40, optional: true';
  const head = `migration:
  allow: [rewrite entity Lead, check field Lead.x]
  backfill: { Lead.x: [none, given] }
  cast: { Lead.x: { ${cast} } }
`;
  const { migrations } = planSpecs(specOf(optional), specOf('type: string, maxLength: 40, many: true', head));
  const query = querying(test_);
  await migrate(test_.database, migrations.slice(0, 1));
  await query("insert into leads (name, x) values ('a', null), ('b', ''), ('c', 'd')");
  await migrate(test_.database, migrations);
  const isOne = cast.startsWith('element');
  expect(await query('select x from leads order by name')).toEqual([
    ['{none,given}'],
    [isOne ? '{""}' : '{}'],
    ['{d}'],
  ]);
});

describeEachPostgres((version) => {
  test('all of them at once', async () => {
    const cases = Object.values(CAST_CASES);
    const names = cases.map((_, index) => `x${index}`);
    const fields = (side: 'from' | 'to'): string =>
      `fields:\n${names.map((name, index) => `  ${name}: { ${cases[index]?.[side]} }\n`).join('')}`;
    const { migrations } = planSpecs(
      spec({ Lead: fields('from') }),
      spec({ Lead: fields('to') }, headOf(names, cases)),
    );
    const home = await openTestDatabase(version);
    try {
      const query = querying(home);
      await migrate(home.database, migrations.slice(0, 1));
      const stored = cases.map(({ values }) => values[0]?.[0]);
      await query(`insert into leads (${names.join(', ')}) values (${stored.join(', ')})`);
      await migrate(home.database, migrations);
      const [row] = await query(`select ${names.join(', ')} from leads`);
      expect(row).toEqual(cases.map(({ values }) => values[0]?.[1]));
    } finally {
      await home.close();
    }
  });
});

test.each(Object.entries(CAST_CASES))(
  'without its cast it is refused, and the refusal names the key: %s',
  (_, { from, to, cast }) => {
    const { history } = planSpecs(specOf(from));
    const found = planSpec(specOf(to), history).diagnostics.find(({ code }) => code === 'SC4219');
    expect(found?.message).toContain(`${cast.split(':')[0]}:`);
  },
);

test.each([
  ['type: string, maxLength: 40', 'type: decimal, precision: 5, scale: 2', "' 12.345'", '12.35', ["'1234.5'", "'x'"]],
  ['type: string, maxLength: 40', 'type: time', "'09:30'", '09:30:00', ["'25:00'"]],
] as const)(
  'what reads the same whatever the session needs no cast: %s to %s',
  async (from, to, value, text, refused) => {
    const head = 'migration:\n  allow: [change field Lead.x]\n';
    const { migrations, plan } = planSpecs(specOf(from), specOf(to, head));
    const query = querying(test_);
    await migrate(test_.database, migrations.slice(0, 1));
    for (const item of [value, ...refused]) await query(`insert into leads (name, x) values ('x', ${item})`);
    const count = /rows in its way: (.+)/.exec(plan.migration?.sql.text ?? '')?.[1] ?? '';
    expect(await query(count)).toEqual([[String(refused.length)]]);
    for (const item of refused) {
      await expect(migrate(test_.database, migrations)).rejects.toThrow();
      await query(`delete from leads where x = ${item}`);
    }
    await migrate(test_.database, migrations);
    expect(await query('select x from leads')).toEqual([[text]]);
  },
);

test('it is proven', async () => {
  const head = headOf(
    ['x'],
    [CAST_CASES['a moment to the day there']].flatMap((item) => item ?? []),
  );
  const { plan } = planSpecs(specOf('type: datetime'), specOf('type: date', head));
  expect(plan.migration && (await proveOnEmbedded(plan.migration.claim))).toEqual([]);
});
