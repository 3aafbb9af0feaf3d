import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../../runtime/migrations/migrate.ts';
import { migrationStatus } from '../../../runtime/migrations/status.ts';
import { openTestDatabase, type TestDatabase } from '../databases.ts';
import { readCounts } from '../judge-counts.ts';
import { COUNT_CASES } from './count-cases.ts';
import { judgeCount } from './judge-count.ts';
import { planSpecs, spec } from '../plan-spec.ts';

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await openTestDatabase(undefined);
});
afterAll(() => test_.close());
// Every third kind of change here, all of them in `npm run test:long`.
test.each(Object.entries(COUNT_CASES).filter((_, index) => index % 3 === 0))(
  'the count of a header runs, and says what fails: %s',
  (_, item) => judgeCount(item, test_),
);

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
    'ranges without an end overlap',
    { Lead: 'fields:\n  a: { type: date }\n  b: { type: date, optional: true }' },
    { Lead: `fields:\n  a: { type: date }\n  b: { type: date, optional: true }\n${FREE}` },
    'allow: [check field Lead.a]',
    "insert into leads (a, b) values ('2026-01-01', null), ('2026-01-04', '2026-01-09')",
  ],
  [
    'new ranges have neither end',
    { Lead: 'fields:\n  n: { type: integer }' },
    {
      Lead: `fields:\n  n: { type: integer }\n  a: { type: date, optional: true }\n  b: { type: date, optional: true }\n${FREE}`,
    },
    'allow: [check field Lead.a]',
    'insert into leads (n) values (1), (2)',
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
