import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DatabaseError } from '../../runtime/database/errors.ts';
import { describeEachDatabase } from '../describe-databases.ts';
import { openTestDatabase, type TestDatabase } from '../migrations/databases.ts';
import { planSpec } from '../migrations/plan-spec.ts';

const SPEC = readFileSync(join(import.meta.dirname, 'app.yaml'), 'utf8');

describeEachDatabase((version) => {
  let home: TestDatabase;

  beforeAll(async () => {
    home = await openTestDatabase(version);
    await home.database.session((session) => session.script(planSpec(SPEC).migration?.sql.text ?? ''));
    await run("insert into rooms (name, capacity, open_from, open_to) values ('Blue', 60, '08:00', '18:00')");
  });

  afterAll(() => home.close());

  const run = async (text: string) => (await home.database.query({ text, values: [] })).rows;

  /** The constraint that refuses a statement; undefined where none does. */
  const refusalOf = async (text: string): Promise<string | undefined> => {
    try {
      await run(text);
      return undefined;
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      return error.constraint;
    }
  };

  const book = (values: string): string =>
    `insert into bookings (room_id, guests, starts_at, ends_at, price, note, reference, status)
      select id, 2, '2026-01-01T10:00Z', ${values} from rooms`;

  test('checks of the row hold, and none is met by an unknown', async () => {
    expect(await refusalOf(book("'2026-01-01T09:00Z', 5, null, null, 'open'"))).toBe('bookings_ordered_check');
    expect(await refusalOf(book("'2026-01-01T11:00Z', 0, null, null, 'open'"))).toBe('bookings_noted_when_free_check');
    expect(await refusalOf(book("'2026-01-01T11:00Z', 0, 'a gift', null, 'open'"))).toBeUndefined();
  });

  test('a partial unique binds the rows of its condition alone', async () => {
    expect(await refusalOf(book("'2026-01-01T11:00Z', 1, null, 'A', 'closed'"))).toBeUndefined();
    expect(await refusalOf(book("'2026-01-01T11:00Z', 1, null, 'A', 'open'"))).toBeUndefined();
    expect(await refusalOf(book("'2026-01-01T11:00Z', 1, null, 'A', 'confirmed'"))).toBe(
      'bookings_one_per_reference_key',
    );
  });

  test('ranges of the rows that are compared do not overlap, and may touch', async () => {
    const shift = (worker: string, from: string, to: string): string =>
      `insert into shifts (worker, "from", "to") values ('${worker}', '${from}', ${to === '' ? 'null' : `'${to}'`})`;
    expect(await refusalOf(shift('Ann', '2026-01-05', '2026-01-09'))).toBeUndefined();
    expect(await refusalOf(shift('Ann', '2026-01-08', '2026-01-10'))).toBe('shifts_one_at_a_time_excl');
    expect(await refusalOf(shift('Bob', '2026-01-08', '2026-01-10'))).toBeUndefined();
    expect(await refusalOf(shift('Ann', '2026-01-09', ''))).toBeUndefined();
    expect(await refusalOf(shift('Ann', '2027-01-01', '2027-01-02'))).toBe('shifts_one_at_a_time_excl');
    expect(await refusalOf(shift('Cid', '2026-01-09', '2026-01-09'))).toBe('shifts_one_at_a_time_order');
    expect(await refusalOf(shift('Cid', '2026-01-09', '2026-01-08'))).toBe('shifts_one_at_a_time_order');
  });

  test('a condition leaves rows out of the ranges that are compared', async () => {
    expect(await refusalOf(book("'2026-01-01T11:00Z', 1, null, 'X', 'confirmed'"))).toBeUndefined();
    expect(await refusalOf(book("'2026-01-01T10:30Z', 1, null, 'Y', 'open'"))).toBeUndefined();
    expect(await refusalOf("update bookings set status = 'confirmed' where reference = 'Y'")).toBe(
      'bookings_room_free_excl',
    );
    expect(await run("delete from bookings where reference in ('X', 'Y')")).toEqual([]);
  });

  test('a frozen row is neither changed nor deleted, by a cascade neither', async () => {
    await run(book("'2026-01-01T11:00Z', 1, null, 'B', 'closed'"));
    expect(await refusalOf("update bookings set guests = 3 where reference = 'B'")).toBe('bookings_frozen');
    expect(await refusalOf("delete from bookings where reference = 'B'")).toBe('bookings_frozen');
    expect(await refusalOf('delete from rooms')).toBe('bookings_frozen');
  });

  test('computed columns follow their row', async () => {
    await run(book("'2026-01-01T11:00Z', 10.05, null, 'C', 'open'"));
    expect(await run("select gross, is_noted from bookings where reference = 'C'")).toEqual([['12.06', 'f']]);
    await run("update bookings set note = 'late', tax = 0 where reference = 'C'");
    expect(await run("select gross, is_noted from bookings where reference = 'C'")).toEqual([['10.05', 't']]);
    expect(await run('select label, is_large from rooms')).toEqual([['Blue (blue)', 't']]);
  });
});
