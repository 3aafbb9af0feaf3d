import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../runtime/migrations/migrate.ts';
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
    fits: ["'12'", "' -7 '", "'2147483647'"],
    fails: ["'x'", "''", "'2147483648'", "'99999999999999999999'"],
  },
  'a text to a number': {
    before: TEXT,
    after: '{ type: number }',
    migration: 'allow: [change field Lead.x, check field Lead.x]',
    fits: ["'1e300'", "'0'", "'-.5'"],
    fails: ["'1e400'", "'1e-400'", "'x'"],
  },
  'a text to a day': {
    before: TEXT,
    after: '{ type: date }',
    migration: CHANGE,
    fits: ["'2024-02-29'", "' 2026-12-31'"],
    fails: ["'2026-02-29'", "'2026-13-01'", "'0000-01-01'", "'x'"],
  },
  'a text to a condition': {
    before: TEXT,
    after: '{ type: boolean }',
    migration: CHANGE,
    fits: ["'yes'", "'tru'", "'OFF'"],
    fails: ["'o'", "'maybe'"],
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
  'a text to several, not too many': {
    before: TEXT,
    after: '{ type: string, maxLength: 40, many: true, maxItems: 2 }',
    migration: 'allow: [rewrite entity Lead, check field Lead.x]\n  cast: { Lead.x: { separator: "," } }',
    fits: ["'a,b'"],
    fails: ["'a,b,c'"],
  },
};

test.each(Object.entries(CASES))('the count of a header runs, and says what fails: %s', async (_, item) => {
  const { plan, migrations } = planSpecs(
    spec({ Lead: `${LEAD}${item.before}` }),
    spec({ Lead: `${LEAD}${item.after}` }, `migration:\n  ${item.migration}\n`),
  );
  const hazards = plan.migration?.claim.hazards ?? [];
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

test.each([
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
  expect(hazards.filter(({ kind }) => kind === 'MAY_FAIL_ON_DATA').every(({ query }) => query !== undefined)).toBe(
    true,
  );
});
