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

const SLOT = (values: string, rules: string): string => `softDelete: true
fields:
  who: { type: string }
  state: { type: enum, values: [${values}] }
  from: { type: date }
  to: { type: date }
  seats: { type: integer, optional: true }
${rules}`;

const RULES: Readonly<Record<string, string>> = {
  slots_one_key: `unique: { one: { fields: [who], where: "record.state == 'STATE'" } }`,
  slots_free_excl: `noOverlap: { free: { per: [who], from: from, to: to, where: "record.state == 'STATE'" } }`,
  slots_seated_check: `checks: { seated: "record.state != 'STATE' || record.seats != null" }`,
  slots_listed_check: `checks: { listed: "record.seats != null || record.state in ['STATE']" }`,
};

/** Both specs, c becoming bb, and what is planned. */
function plan(rule: string, state: string, allow: string): ReturnType<typeof planSpecs> {
  const rules = (RULES[rule] ?? '').replaceAll('STATE', state);
  const head = `migration:\n  values: { Slot.state: { c: bb } }\n  allow: [drop value Slot.state.c${allow}]\n`;
  return planSpecs(spec({ Slot: SLOT('bb, a, c', rules) }), spec({ Slot: SLOT('bb, a', rules) }, head));
}

async function fill(rows: readonly string[]): Promise<void> {
  const values = rows.map((row) => `(${row})`).join(', ');
  await test_.database.query({
    text: `insert into slots (who, state, "from", "to", seats) values ${values}`,
    values: [],
  });
}

test.each(Object.keys(RULES))('a rule that knows neither value asks for nothing: %s', (rule) => {
  // An exclusion is made again under a lock.
  const { plan: planned } = plan(rule, 'a', rule === 'slots_free_excl' ? ', check field Slot.who' : '');
  const hazards = planned.migration?.claim.hazards ?? [];
  expect(hazards.filter(({ kind }) => kind === 'MAY_FAIL_ON_DATA' || kind === 'BEHAVIOUR_CHANGE')).toEqual([]);
});

const DAYS = "'2026-01-01', '2026-01-09'";

test.each([
  ['slots_one_key', ', check unique Slot.one', [`'x', 'c', ${DAYS}, null`], `'x', 'bb', ${DAYS}, null`],
  ['slots_one_key', ', check unique Slot.one', [`'x', 'c', ${DAYS}, null`], `'x', 'c', ${DAYS}, null`],
  ['slots_free_excl', ', check field Slot.who', [`'x', 'c', ${DAYS}, null`], `'x', 'bb', ${DAYS}, null`],
  ['slots_seated_check', ', check field Slot.seats', [`'x', 'c', ${DAYS}, 1`], `'x', 'c', ${DAYS}, null`],
])('a count says what a rule does not let pass by its new value: %s', async (rule, allow, fits, fails) => {
  const { plan: planned, migrations } = plan(rule, 'bb', allow);
  const hazards = planned.migration?.claim.hazards ?? [];
  expect(hazards.some(({ kind, object }) => kind === 'MAY_FAIL_ON_DATA' && object === rule)).toBe(true);
  for (const rows of [fits, [...fits, fails]]) {
    await test_.reset();
    await migrate(test_.database, migrations.slice(0, 1));
    await fill(rows);
    const counts = await test_.database.session((session) => readCounts(hazards, session));
    const failed = await migrate(test_.database, migrations).then(
      () => false,
      () => true,
    );
    expect([failed, ...counts.findings, ...counts.judge(failed)]).toEqual([rows.length > fits.length]);
  }
});

test('deleted rows that can no longer come back are counted too', async () => {
  const { plan: planned, migrations } = plan('slots_seated_check', 'bb', ', check field Slot.seats');
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await fill([`'x', 'c', ${DAYS}, null`, `'y', 'c', ${DAYS}, 1`]);
  await test_.database.query({ text: 'delete from slots', values: [] });
  const found = planned.migration?.claim.hazards.find(({ object }) => object === 'slots_deleted.slots_seated_check');
  const { rows } = await test_.database.query({ text: found?.query ?? '', values: [] });
  expect([found?.kind, rows]).toEqual(['BEHAVIOUR_CHANGE', [['1']]]);
});
