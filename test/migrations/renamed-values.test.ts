import { afterAll, beforeAll, expect, test } from 'vitest';
import { proveMigration } from '../../compiler/verify/prove-migration.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { planSpec, planSpecs, spec } from './plan-spec.ts';

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await openTestDatabase(undefined);
});
afterAll(() => test_.close());

/** Rules of each kind that speak of the values of an enum, one of them of a text that is spelled as a value is. */
const rooms = (state: string, taken: string, gone: string): string =>
  spec({
    Room: `
fields:
  name: { type: string }
  booked: { type: integer, computed: "record.slots.count(s, s.state == '${taken}')" }`,
    Slot: `
softDelete: true
fields:
  room: { type: reference, to: Room, inverse: slots, onDelete: cascade }
  who: { type: string }
  state: { type: enum, ${state} }
  from: { type: date }
  to: { type: date }
  seats: { type: integer, optional: true }
  isTaken: { type: boolean, computed: "record.state == '${taken}'" }
unique: { one: { fields: [room, who], where: "record.state == '${taken}'" } }
indexes: { open: { fields: [who], where: "record.state != '${gone}'" } }
noOverlap: { free: { per: [room], from: from, to: to, where: "record.state == '${taken}'" } }
checks:
  seated: "record.state != '${taken}' || record.seats != null"
  named: "record.who != 'b' || record.state in ['${taken}', '${gone}']"`,
  });

const FIRST = rooms('values: [a, b, c], default: a', 'b', 'c');
const ROWS = `with r as (insert into rooms (name) values ('r') returning id)
insert into slots (room_id, who, state, "from", "to", seats)
select id, who, state::slot_state, '2026-01-01', '2026-01-09', seats
from r, (values ('x', 'a', null), ('b', 'b', 1), ('y', 'c', null), ('x', 'c', null)) slot (who, state, seats)`;

test.each([
  ['takes another name', 'values: [a, bb, c], valuesWere: { bb: b }, default: a', 'bb', 'c', ['a', 'bb', 'c', 'c']],
  ['change places', 'values: [b, a, c], valuesWere: { b: a, a: b }, default: b', 'a', 'c', ['b', 'a', 'c', 'c']],
  ['pass names on', 'values: [a, c, d], valuesWere: { c: b, d: c }, default: a', 'c', 'd', ['a', 'c', 'd', 'd']],
])('rules follow values that %s, and nobody is asked', async (_, state, taken, gone, states) => {
  const { plan, history, migrations } = planSpecs(FIRST, rooms(state, taken, gone));
  const claim = plan.migration?.claim;
  if (claim === undefined) throw new Error('nothing is planned');
  expect(new Set(claim.hazards.map(({ kind }) => kind))).toEqual(new Set(['BREAKS_RUNNING_CODE']));
  expect(plan.migration?.id).not.toContain('_sc_');
  expect(planSpec(rooms(state, taken, gone), history).migration).toBeUndefined();
  await test_.reset();
  expect(await test_.database.session((session) => proveMigration(claim, session))).toEqual([]);
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await test_.database.query({ text: ROWS, values: [] });
  await migrate(test_.database, migrations);
  const { rows } = await test_.database.query({
    text: 'select state, is_taken, booked from slots join rooms on rooms.id = room_id order by state, who',
    values: [],
  });
  expect(rows).toEqual(
    [...states]
      .map((value) => [value, value === taken ? 't' : 'f', '1'])
      .toSorted(([a = ''], [b = '']) => order(state, a) - order(state, b)),
  );
});

function order(state: string, value: string): number {
  return (/\[(.*?)\]/.exec(state)?.[1] ?? '').split(', ').indexOf(value);
}

test('a rule that speaks of another value from now on is made anew and counted', () => {
  const { history } = planSpecs(FIRST);
  const { diagnostics } = planSpec(rooms('values: [a, bb, c], valuesWere: { bb: b }, default: a', 'a', 'c'), history);
  expect(diagnostics.map(({ code }) => code)).toContain('SC4211');
});
