import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { migrationStatus } from '../../runtime/migrations/status.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { readCounts } from './judge-counts.ts';
import { planSpecs, spec } from './plan-spec.ts';

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await openTestDatabase(undefined);
});
afterAll(() => test_.close());

interface CountCase {
  readonly before: string;
  readonly after: string;
  readonly migration: string;
  /** SQL values of `x`: rows that pass, and rows each of which alone is in the way. */
  readonly fits: readonly string[];
  readonly fails: readonly string[];
}

const LEAD = 'fields:\n  x: ';
const TEXT = '{ type: string, maxLength: 40 }';
const CHANGE = 'allow: [change field Lead.x]';

const CASES: Readonly<Record<string, CountCase>> = {
  'a text to a whole number': {
    before: TEXT,
    after: '{ type: integer }',
    migration: CHANGE,
    fits: ["'12'", "' -7 '", "'2147483647'", "'\t0012'"],
    fails: ["'x'", "'\u20037'", "'٣'", "repeat('9', 30)", "''", "'2147483648'", "'99999999999999999999'"],
  },
  'a text to a number': {
    before: TEXT,
    after: '{ type: number }',
    migration: 'allow: [change field Lead.x, check field Lead.x]',
    fits: ["'1e300'", "'0'", "'-.5'"],
    fails: ["'1e400'", "'1e-400'", "'1e200000'", "'x'"],
  },
  'a whole number to a number': {
    before: '{ type: bigint }',
    after: '{ type: number }',
    migration: CHANGE,
    fits: ['7'],
    fails: [],
  },
  'a text to a shorter one, of which blanks count too': {
    before: TEXT,
    after: '{ type: string, maxLength: 5 }',
    migration: CHANGE,
    fits: ["'abcde'", "'ab   '"],
    fails: ["'abcdef'", "'ab' || repeat(' ', 18)"],
  },
  'a long text to a shorter one, of which blanks count too': {
    before: '{ type: text }',
    after: '{ type: string, maxLength: 5 }',
    migration: CHANGE,
    fits: ["'abcde'"],
    fails: ["'ab' || repeat(' ', 18)"],
  },
  'a day to a text': {
    before: '{ type: date }',
    after: TEXT,
    migration: 'allow: [rewrite entity Lead]',
    fits: ["'5874897-12-31'"],
    fails: [],
  },
  'a time to a text': {
    before: '{ type: time }',
    after: TEXT,
    migration: 'allow: [rewrite entity Lead]',
    fits: ["'23:59:59.999999'"],
    fails: [],
  },
  'a text to JSON': {
    before: '{ type: text }',
    after: '{ type: json }',
    migration: CHANGE,
    fits: [
      `'{"a": [1, -0.5e3, {"b": [] }], "c\\"SV": "\\u00e9 \\ud83d\\ude00", "": null}'`,
      `' "S" '`,
      `'[[], {}, true ,false]'`,
      "'0'",
      "'-12'",
    ],
    fails: [
      "'{bad'",
      "'TRUE'",
      "''",
      "'01'",
      "'1.'",
      "'[1,]'",
      '\'{"a":1,}\'',
      "'{1:2}'",
      `'"a'`,
      `'"\\u0000"'`,
      `'"\\ud83d"'`,
      `'"\\x"'`,
      `'["\\x","b"]'`,
      `E'"\\t"'`,
      "'1 2'",
      "'truefalse'",
      "'[1}'",
    ],
  },
  'a text to a day': {
    before: TEXT,
    after: '{ type: date }',
    migration: CHANGE,
    fits: ["'2024-02-29'", "' 2026-12-31'", "'\t2026-12-31'"],
    fails: ["'2026-02-29'", "'2026-13-01'", "'0000-01-01'", "'x'"],
  },
  'a text to a condition': {
    before: TEXT,
    after: '{ type: boolean }',
    migration: CHANGE,
    fits: ["'yes'", "'tru'", "'OFF'"],
    fails: ["'o'", "'maybe'"],
  },
  'a text to an identity': {
    before: TEXT,
    after: '{ type: uuid }',
    migration: CHANGE,
    fits: [
      "'{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}'",
      "'a0eebc999c0b4ef8bb6d6bb9bd380a11'",
      "'a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11'",
    ],
    fails: [
      "'{a0eebc999c0b4ef8bb6d6bb9bd380a11'",
      "'a0eebc999c0b4ef8bb6d6bb9bd380a11}'",
      "' a0eebc999c0b4ef8bb6d6bb9bd380a11'",
    ],
  },
  'a text to a moment': {
    before: TEXT,
    after: '{ type: datetime }',
    migration: `${CHANGE}\n  cast: { Lead.x: { timeZone: UTC } }`,
    fits: ["'2026-02-01T09:30:00Z'", "'2026-02-01'"],
    fails: ["'2026-02-30'", "'2026-02-01 25:00'", "'2026-13-01'"],
  },
  'a number to a moment': {
    before: '{ type: bigint }',
    after: '{ type: datetime }',
    migration: `${CHANGE}\n  cast: { Lead.x: { epoch: seconds } }`,
    fits: ['0', '-1'],
    fails: ['9223372036854775'],
  },
  'a text to a number with a bound': {
    before: TEXT,
    after: '{ type: integer, min: 3 }',
    migration: 'allow: [change field Lead.x, check field Lead.x]',
    fits: ["'3'"],
    fails: ["'2'", "'x'"],
  },
  'a text to one of some': {
    before: TEXT,
    after: '{ type: enum, values: [new, won] }',
    migration: CHANGE,
    fits: ["'new'"],
    fails: ["'lost'"],
  },
  'words to numbers of which no two may be alike': {
    before: '{ type: enum, values: [one, uno, two] }',
    after: '{ type: integer, unique: true }',
    migration:
      'allow: [rewrite entity Lead, check field Lead.x]\n  cast: { Lead.x: { values: { one: 1, uno: 1, two: 2 } } }',
    fits: ["'one'", "'two'"],
    fails: ["'uno'"],
  },
  'texts of which no two are alike to whole numbers': {
    before: '{ type: string, maxLength: 40, unique: true }',
    after: '{ type: integer, unique: true }',
    migration: 'allow: [change field Lead.x, check field Lead.x]',
    fits: ["'1'", "'2'"],
    fails: ["'01'", "'x'"],
  },
  'moments of which no two are alike to days': {
    before: '{ type: datetime, unique: true }',
    after: '{ type: date, unique: true }',
    migration:
      'allow: [rewrite entity Lead, change field Lead.x, check field Lead.x]\n  cast: { Lead.x: { timeZone: UTC } }',
    fits: ["'2026-01-01 10:00Z'", "'2026-01-02 10:00Z'"],
    fails: ["'2026-01-01 11:00Z'"],
  },
  'decimals of which no two are alike to shorter ones': {
    before: '{ type: decimal, precision: 12, scale: 4, unique: true, min: "0" }',
    after: '{ type: decimal, precision: 12, scale: 2, unique: true, min: "0" }',
    migration: 'allow: [change field Lead.x, check field Lead.x]',
    fits: ['1.0012', '2'],
    fails: ['1.0013'],
  },
  'values of which no two are alike, and one for all that have none': {
    before: '{ type: string, maxLength: 40, unique: true, optional: true }',
    after: '{ type: string, maxLength: 40, unique: true }',
    migration: 'allow: [check field Lead.x]\n  backfill: { Lead.x: same }',
    fits: ["'other'", 'null'],
    fails: ["'same'", 'null'],
  },
  'values of which no two may be alike, and one for all that have none': {
    before: '{ type: string, maxLength: 40, optional: true }',
    after: '{ type: string, maxLength: 40, unique: true }',
    migration: 'allow: [check field Lead.x]\n  backfill: { Lead.x: same }',
    fits: ["'other'", 'null'],
    fails: ["'same'", 'null', "'other'"],
  },
  'a value of which no two may be alike, for all': {
    before: TEXT,
    after: `${TEXT}\n  u: { type: integer, unique: true, default: 1 }`,
    migration: 'allow: [check field Lead.u]',
    fits: ["'a'"],
    fails: ["'b'"],
  },
  'a text to several, not too many': {
    before: TEXT,
    after: '{ type: string, maxLength: 40, many: true, maxItems: 2 }',
    migration: 'allow: [rewrite entity Lead, check field Lead.x]\n  cast: { Lead.x: { separator: "," } }',
    fits: ["'a,b'"],
    fails: ["'a,b,c'"],
  },
  'a text to several shorter ones, of which blanks count too': {
    before: TEXT,
    after: '{ type: string, maxLength: 3, many: true }',
    migration:
      'allow: [rewrite entity Lead, change field Lead.x, check field Lead.x]\n  cast: { Lead.x: { separator: "," } }',
    fits: ["'a,b  '"],
    fails: ["'a,b   '", "'a    ,b'"],
  },
  'several to a text, of which blanks count too': {
    before: '{ type: string, maxLength: 9, many: true }',
    after: '{ type: string, maxLength: 5 }',
    migration: 'allow: [rewrite entity Lead, change field Lead.x]\n  cast: { Lead.x: { separator: ";" } }',
    fits: ["'{a,b}'"],
    fails: [`'{a,"b       "}'`],
  },
};

test.each(Object.entries(CASES))('the count of a header runs, and says what fails: %s', async (_, item) => {
  const { plan, migrations } = planSpecs(
    spec({ Lead: `${LEAD}${item.before}` }),
    spec({ Lead: `${LEAD}${item.after}` }, `migration:\n  ${item.migration}\n`),
  );
  const hazards = plan.migration?.claim.hazards ?? [];
  expect(hazards.filter(({ kind, query }) => kind === 'MAY_FAIL_ON_DATA' && query === undefined)).toEqual([]);
  for (const wrong of [undefined, ...item.fails]) {
    await test_.reset();
    await migrate(test_.database, migrations.slice(0, 1));
    const values = [...item.fits, ...(wrong === undefined ? [] : [wrong])];
    await test_.database.query({
      text: `insert into leads (x) values ${values.map((value) => `(${value})`).join(', ')}`,
      values: [],
    });
    const counts = await test_.database.session((session) => readCounts(hazards, session));
    const failed = await migrate(test_.database, migrations).then(
      () => false,
      () => true,
    );
    expect({ wrong, failed, findings: [...counts.findings, ...counts.judge(failed)] }).toEqual({
      wrong,
      failed: wrong !== undefined,
      findings: [],
    });
  }
});

const CONDITION = (values: string, rule: string): string =>
  `fields:\n  x: { type: enum, values: [${values}] }\n  n: { type: integer }\n${rule}`;

const PAIR = (type: string, more: string, key = ''): string =>
  `fields:\n  a: { type: ${type} }\n  b: { type: ${type} }\n  k: { type: string, maxLength: 9${key} }\n${more}`;
const DAYS = `allow: [rewrite entity Lead, change field Lead.a, change field Lead.b, check field Lead.a]
  cast: { Lead.a: { timeZone: UTC }, Lead.b: { timeZone: UTC } }`;
const ORDERED = 'checks:\n  ordered: "record.a < record.b"';
const FREE = 'noOverlap:\n  free: { from: a, to: b }';
const KEYS = (where = ''): string => `unique:\n  byA: { fields: [a, k]${where} }`;

test.each([
  [
    'a condition compares what is cast',
    { Lead: PAIR('datetime', ORDERED) },
    { Lead: PAIR('date', ORDERED) },
    DAYS,
    "insert into leads (a, b, k) values ('2026-01-01 10:00Z', '2026-01-01 11:00Z', '')",
  ],
  [
    'a condition compares what is rounded',
    { Lead: PAIR('number', ORDERED) },
    { Lead: PAIR('integer', ORDERED) },
    'allow: [change field Lead.a, change field Lead.b, check field Lead.a]',
    "insert into leads (a, b, k) values (1.1, 1.2, '')",
  ],
  [
    'ranges of moments become ranges of days',
    { Lead: PAIR('datetime', FREE) },
    { Lead: PAIR('date', FREE) },
    DAYS,
    "insert into leads (a, b, k) values ('2026-01-03 10:00Z', '2026-01-03 11:00Z', '')",
  ],
  [
    'keys of two fields are cast',
    { Lead: PAIR('datetime', KEYS()) },
    { Lead: PAIR('date', KEYS()) },
    `allow: [rewrite entity Lead, change field Lead.a, change field Lead.b, check unique Lead.byA]\n${DAYS.split('\n')[1]}`,
    "insert into leads (a, b, k) values ('2026-01-01 10:00Z', '2026-01-01 10:00Z', 'k'), ('2026-01-01 11:00Z', '2026-01-01 11:00Z', 'k')",
  ],
  [
    'keys of some rows are cast',
    { Lead: PAIR('datetime', KEYS(`, where: "record.k != 'x'"`)) },
    { Lead: PAIR('date', KEYS(`, where: "record.k != 'x'"`)) },
    `allow: [rewrite entity Lead, change field Lead.a, change field Lead.b, check unique Lead.byA]\n${DAYS.split('\n')[1]}`,
    "insert into leads (a, b, k) values ('2026-01-01 10:00Z', '2026-01-01 10:00Z', 'k'), ('2026-01-01 11:00Z', '2026-01-01 11:00Z', 'k')",
  ],
  [
    'ranges that all rows get overlap',
    { Lead: 'fields:\n  n: { type: integer }' },
    {
      Lead: `fields:\n  n: { type: integer }\n  a: { type: date, default: "2026-01-01" }\n  b: { type: date, default: "2026-01-02" }\n${FREE}`,
    },
    'allow: [check field Lead.a]',
    'insert into leads (n) values (1), (2)',
  ],
  [
    'ranges that all rows get run backwards',
    { Lead: 'fields:\n  n: { type: integer }' },
    {
      Lead: `fields:\n  n: { type: integer }\n  a: { type: date, default: "2026-01-02" }\n  b: { type: date, default: "2026-01-01" }\n${FREE}`,
    },
    'allow: [check field Lead.a]',
    'insert into leads (n) values (1)',
  ],
  [
    'a condition speaks of a value that is new',
    { Lead: CONDITION('open', '') },
    { Lead: CONDITION('open, won', 'checks:\n  ordered: "record.x == \'won\' || record.n > 2"') },
    'allow: [check field Lead.n]',
    "insert into leads (x, n) values ('open', 1)",
  ],
  [
    'ranges overlap',
    { Lead: 'fields:\n  a: { type: date }\n  b: { type: date }' },
    { Lead: 'fields:\n  a: { type: date }\n  b: { type: date }\nnoOverlap:\n  free: { from: a, to: b }' },
    'allow: [check field Lead.a]',
    "insert into leads (a, b) values ('2026-01-01', '2026-01-05'), ('2026-01-04', '2026-01-09')",
  ],
  [
    'a link leads to another entity',
    {
      Lead: 'fields:\n  to: { type: reference, to: Firm, onDelete: restrict }',
      Firm: 'fields:\n  n: { type: integer }',
    },
    {
      Lead: 'fields:\n  to: { type: reference, to: Team, onDelete: restrict }',
      Firm: 'fields:\n  n: { type: integer }',
      Team: 'fields:\n  s: { type: text }',
    },
    'allow: [check field Lead.to]',
    'with a as (insert into firms (n) values (1) returning id) insert into leads (to_id) select id from a',
  ],
])('a count says what fails where %s', async (_, before, after, migration, rows) => {
  const { plan, migrations } = planSpecs(spec(before), spec(after, `migration:\n  ${migration}\n`));
  const hazards = plan.migration?.claim.hazards ?? [];
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await test_.database.query({ text: rows, values: [] });
  const counts = await test_.database.session((session) => readCounts(hazards, session));
  await expect(migrate(test_.database, migrations)).rejects.toThrow();
  expect([...counts.findings, ...counts.judge(true)]).toEqual([]);
  // The rule is still there, and the values too.
  const { applied } = await migrationStatus(test_.database, migrations);
  expect(applied).toEqual([migrations[0]?.id]);
  expect(hazards.filter(({ kind }) => kind === 'MAY_FAIL_ON_DATA').every(({ query }) => query !== undefined)).toBe(
    true,
  );
});
