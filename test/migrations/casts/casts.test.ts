import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { proveOnEmbedded } from '../../compiler/verify/prove-on-embedded.ts';
import type { Text } from '../../runtime/database/database.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { describeEachPostgres } from '../describe-databases.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { planSpec, planSpecs, spec } from './plan-spec.ts';

interface CastCase {
  readonly from: string;
  readonly to: string;
  readonly cast: string;
  /** SQL of a stored value, and the text of what it becomes. */
  readonly values: readonly (readonly [string, Text])[];
  /** A stored value that has no place in the new type; the migration fails on it, and the header warns of it. */
  readonly refused?: string;
}

const TIMES = "timestamptz '2026-01-31 23:30:15.5Z'";
const CASES: Readonly<Record<string, CastCase>> = {
  'a moment to the day there': {
    from: 'type: datetime',
    to: 'type: date',
    cast: 'timeZone: Europe/Paris',
    values: [[TIMES, '2026-02-01']],
  },
  'a moment to the time there': {
    from: 'type: datetime',
    to: 'type: time',
    cast: 'timeZone: Asia/Tokyo',
    values: [[TIMES, '08:30:15.5']],
  },
  'a moment to a text': {
    from: 'type: datetime',
    to: 'type: string, maxLength: 40',
    cast: 'timeZone: America/New_York',
    values: [[TIMES, '2026-01-31 18:30:15']],
  },
  'a day to its first moment': {
    from: 'type: date',
    to: 'type: datetime',
    cast: 'timeZone: Asia/Tokyo',
    values: [["'2026-02-01'", '2026-01-31 15:00:00+00']],
    refused: "'0001-01-01'",
  },
  'a text to a moment': {
    from: 'type: string, maxLength: 40',
    to: 'type: datetime',
    cast: 'timeZone: Asia/Tokyo',
    values: [
      ["'2026-02-01 09:30'", '2026-02-01 00:30:00+00'],
      ["'2026-02-01T09:30:00Z'", '2026-02-01 09:30:00+00'],
      ["'2026-02-01T09:30:00.5-02:00'", '2026-02-01 11:30:00.5+00'],
      ["'2026-02-01'", '2026-01-31 15:00:00+00'],
    ],
    refused: "'tomorrow, perhaps'",
  },
  'a number to a moment': {
    from: 'type: bigint',
    to: 'type: datetime',
    cast: 'epoch: milliseconds',
    values: [['1769902215500', '2026-01-31 23:30:15.5+00']],
    refused: '9223372036854775807',
  },
  'a moment to a number': {
    from: 'type: datetime',
    to: 'type: integer',
    cast: 'epoch: seconds',
    values: [[TIMES, '1769902215']],
    refused: "'2100-01-01Z'",
  },
  'a condition to words': {
    from: 'type: boolean',
    to: 'type: enum, values: [open, paid]',
    cast: 'values: { "true": paid, "false": open }',
    values: [
      ['true', 'paid'],
      ['false', 'open'],
    ],
  },
  'words to a number': {
    from: 'type: enum, values: [low, high, other]',
    to: 'type: integer',
    cast: 'values: { low: 1, high: 9 }',
    values: [
      ["'low'", '1'],
      ["'high'", '9'],
    ],
    refused: "'other'",
  },
  'a text to several': {
    from: 'type: string, maxLength: 40',
    to: 'type: string, maxLength: 5, many: true',
    cast: 'separator: ", "',
    values: [
      ["'a, b''c'", "{a,b'c}"],
      ["''", '{}'],
    ],
    refused: "'a, too long'",
  },
  'several to a text': {
    from: 'type: string, many: true',
    to: 'type: string, maxLength: 5',
    cast: 'separator: ";"',
    values: [["'{a,b}'", 'a;b']],
    refused: "'{abc,def}'",
  },
  'several or none to a text or none': {
    from: 'type: string, many: true',
    to: 'type: string, maxLength: 5, optional: true',
    cast: 'separator: ";"',
    values: [
      ["'{a,b}'", 'a;b'],
      ["'{}'", null],
    ],
    refused: "'{abc,def}'",
  },
  'one to several': {
    from: 'type: integer',
    to: 'type: integer, many: true',
    cast: 'element: first',
    values: [['7', '{7}']],
  },
  'several to one': {
    from: 'type: integer, many: true',
    to: 'type: integer',
    cast: 'element: first',
    values: [["'{7,8}'", '7']],
    refused: "'{}'",
  },
};

const specOf = (field: string, head?: string): string =>
  spec({ Lead: `fields:\n  name: { type: string }\n  x: { ${field} }` }, head);

function headOf(names: readonly string[], cases: readonly CastCase[]): string {
  const lines = names.flatMap((name, index) => {
    const { from = '', to = '', refused } = cases[index] ?? {};
    const changes = refused !== undefined || from === 'type: datetime';
    return [
      ...(changes ? [`change field Lead.${name}`] : []),
      ...(to.includes('many') ? [`check field Lead.${name}`] : []),
    ];
  });
  const allow = ['rewrite entity Lead', ...lines];
  const casts = names.map((name, index) => `    Lead.${name}: { ${cases[index]?.cast} }\n`);
  return `migration:\n  allow: [${allow.join(', ')}]\n  cast:\n${casts.join('')}`;
}

/** Queries of one database. */
function querying({ database }: TestDatabase): (text: string) => Promise<readonly (readonly Text[])[]> {
  return async (text) => (await database.query({ text, values: [] })).rows;
}

describe('on PGlite', () => {
  let test_: TestDatabase;
  beforeAll(async () => {
    test_ = await openTestDatabase(undefined);
  });
  afterAll(() => test_.close());

  test.each(Object.entries(CASES))('%s', async (_, item) => {
    const { from, to, values, refused } = item;
    const { migrations, plan } = planSpecs(specOf(from), specOf(to, headOf(['x'], [item])));
    const query = querying(test_);
    await test_.reset();
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
  });
});

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
  const test_ = await openTestDatabase(undefined);
  try {
    const query = querying(test_);
    await migrate(test_.database, migrations.slice(0, 1));
    await query(`insert into leads (x) values ${rows}`);
    expect(await query(count)).toEqual([[String(lost)]]);
    await migrate(test_.database, migrations);
  } finally {
    await test_.close();
  }
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
  const test_ = await openTestDatabase(undefined);
  try {
    const query = querying(test_);
    await migrate(test_.database, migrations.slice(0, 1));
    await query("insert into leads (name, x) values ('a', true), ('b', false)");
    expect(await query(hazards.find(({ kind }) => kind === 'DATA_LOSS')?.query ?? '')).toEqual([['1']]);
    await migrate(test_.database, migrations);
    expect(await query('select x from leads order by name')).toEqual([['yes'], ['none']]);
  } finally {
    await test_.close();
  }
});

test.each(['separator: ","', 'element: first'])('nothing becomes several by its backfill: %s', async (cast) => {
  const optional = 'type: string, maxLength: 40, optional: true';
  const head = `migration:
  allow: [rewrite entity Lead, check field Lead.x]
  backfill: { Lead.x: [none, given] }
  cast: { Lead.x: { ${cast} } }
`;
  const { migrations } = planSpecs(specOf(optional), specOf('type: string, maxLength: 40, many: true', head));
  const test_ = await openTestDatabase(undefined);
  try {
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
  } finally {
    await test_.close();
  }
});

describeEachPostgres((version) => {
  test('all of them at once', async () => {
    const cases = Object.values(CASES);
    const names = cases.map((_, index) => `x${index}`);
    const fields = (side: 'from' | 'to'): string =>
      `fields:\n${names.map((name, index) => `  ${name}: { ${cases[index]?.[side]} }\n`).join('')}`;
    const { migrations } = planSpecs(
      spec({ Lead: fields('from') }),
      spec({ Lead: fields('to') }, headOf(names, cases)),
    );
    const test_ = await openTestDatabase(version);
    try {
      const query = querying(test_);
      await migrate(test_.database, migrations.slice(0, 1));
      const stored = cases.map(({ values }) => values[0]?.[0]);
      await query(`insert into leads (${names.join(', ')}) values (${stored.join(', ')})`);
      await migrate(test_.database, migrations);
      const [row] = await query(`select ${names.join(', ')} from leads`);
      expect(row).toEqual(cases.map(({ values }) => values[0]?.[1]));
    } finally {
      await test_.close();
    }
  });
});

test.each(Object.entries(CASES))(
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
    const test_ = await openTestDatabase(undefined);
    try {
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
    } finally {
      await test_.close();
    }
  },
);

test('it is proven', async () => {
  const head = headOf(
    ['x'],
    [CASES['a moment to the day there']].flatMap((item) => item ?? []),
  );
  const { plan } = planSpecs(specOf('type: datetime'), specOf('type: date', head));
  expect(plan.migration && (await proveOnEmbedded(plan.migration.claim))).toEqual([]);
});
