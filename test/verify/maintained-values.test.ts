import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../runtime/database/database.ts';
import { openPglite } from '../../runtime/database/pglite.ts';
import { proveMigration } from '../../compiler/verify/prove-migration.ts';
import { spec } from '../migrations/plan-spec.ts';
import { claimOf } from './changes.ts';

let database: Database;
beforeAll(async () => {
  database = await openPglite();
});
afterAll(() => database.close());

const DANGER = 'fields:\n  code: { type: string }';
const VOYAGE = `
fields:
  booked: { type: integer, computed: "record.bookings.sum(b, b.boxes)" }
  banned: { type: references, to: Danger, inverse: bannedOn }
  seats: { type: integer, min: 0, default: 0 }
checks: { fits: "record.booked <= record.seats" }`;
const BOOKING = `
fields:
  dangers: { type: references, to: Danger, inverse: bookings }
  boxes: { type: integer, computed: "record.lines.sum(l, l.price)" }
  voyage: { type: reference, to: Voyage, inverse: bookings }
  memo: { type: string, optional: true }
  discount: { type: integer, default: 0, min: 0 }
checks:
  allowed: "!record.dangers.exists(d, d.bannedOn.exists(v, v.id == record.voyageId))"
  paid: "record.discount <= record.boxes"
  crowded: "record.memo == null || size(record.lines) > 5"`;
const LINE = `
fields:
  booking: { type: reference, to: Booking, inverse: lines, onDelete: cascade }
  price: { type: integer }`;
const BEFORE = { Danger: DANGER, Voyage: VOYAGE, Booking: BOOKING, Line: LINE };

type Change = readonly [what: string, after: Readonly<Record<string, string>>, head: string];

/** Checks on what is computed are asked of every row that gets another value. */
const ASKED = 'allow: [check field Booking.boxes, check field Voyage.booked]';
const DEARER = BOOKING.replace('l.price', 'l.price * 2');
const CHANGES: readonly Change[] = [
  [
    'a column beside them is filled',
    { ...BEFORE, Booking: BOOKING.replace('checks:', '  term: { type: string }\nchecks:') },
    'backfill: { Booking.term: FOB }',
  ],
  [
    'a column is filled that a check reads beside other rows',
    {
      ...BEFORE,
      Booking: BOOKING.replace(', optional: true', '').replace('memo == null', "memo == 'none'"),
    },
    'allow: [check field Booking.memo]\n  backfill: { Booking.memo: none }',
  ],
  ['they are computed in another way, and others from them', { ...BEFORE, Booking: DEARER }, ASKED],
  [
    'so they are, and a column beside the others is renamed',
    {
      ...BEFORE,
      Booking: DEARER,
      Voyage: VOYAGE.replace('seats:', 'places:').replace('.seats', '.places').replace('min: 0', 'was: seats, min: 0'),
    },
    ASKED,
  ],
];

function prove(after: Readonly<Record<string, string>>, head = ''): Promise<readonly string[]> {
  const claim = claimOf(spec(BEFORE), spec(after, head && `migration:\n  ${head}\n`));
  return database.session((session) => proveMigration(claim, session));
}

test.each(CHANGES)('values that triggers keep by other rows, and %s: proven', async (_, after, head) => {
  expect(await prove(after, head)).toEqual([]);
});

test('the rows that they are computed from are called otherwise: nothing is filled', async () => {
  const { Line: _, ...others } = BEFORE;
  const item = `was: Line${LINE.replace('price: { ', 'cost: { was: price, ')}`;
  const after = { ...others, Booking: BOOKING.replace('l.price', 'l.cost'), Item: item };
  const { operations } = claimOf(spec(BEFORE), spec(after));
  expect(operations.filter(({ kind }) => kind === 'backfill')).toEqual([]);
  expect(await prove(after)).toEqual([]);
});

test('so are those that a column of their row is made of: proven', async () => {
  const order = (factor: number): string => `
fields:
  memo: { type: string, optional: true }
  points: { type: integer, computed: "record.items.sum(i, i.price) * ${factor}" }
  rest: { type: integer, computed: "1000 - record.points" }`;
  const item = 'fields:\n  order: { type: reference, to: Order, inverse: items }\n  price: { type: integer, min: 1 }';
  const claim = claimOf(spec({ Order: order(1), Item: item }), spec({ Order: order(2), Item: item }));
  expect(await database.session((session) => proveMigration(claim, session))).toEqual([]);
});
