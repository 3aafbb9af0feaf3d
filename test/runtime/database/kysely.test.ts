import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kyselyOn } from '../../../runtime/database/kysely.ts';
import type { TestDatabase } from '../../../runtime/testing/test-database.ts';
import { describeEachDatabase } from '../../describe-databases.ts';
import { startDatabase } from '../../start-database.ts';

interface Schema {
  readonly thing: {
    readonly id: number;
    readonly name: string;
    readonly tags: readonly string[];
    readonly seen: Date | null;
  };
}

describeEachDatabase((version) => {
  let started: TestDatabase;
  beforeAll(async () => {
    started = await startDatabase(version);
    await started.database.session((session) =>
      session.script(`
        create type mood as enum ('happy', 'sad');
        create table thing (id integer primary key, name text, tags text[], seen timestamptz);
      `),
    );
  });
  afterAll(() => started.close());

  test('values have the types that kysely-codegen names', async () => {
    const db = kyselyOn<Schema>(started.database);
    const { rows } = await sql`
      select 1::int4 as int4, 2::int2 as int2, 9007199254740993::int8 as int8, 1.10::numeric as numeric, 0.1::float8 as float8,
        true as bool, 'x'::text as text, 'happy'::mood as mood, '{happy,sad}'::mood[] as moods, null::int4 as nothing,
        '2024-01-02 03:04:05.678901+02'::timestamptz as instant, '2024-02-29'::date as date, '10:00'::time as time,
        '0001-01-01'::date as early, 'infinity'::timestamptz as infinite,
        '{"a": [1]}'::jsonb as json, '{1,NULL}'::int4[] as ints, '{t}'::bool[] as bools, '{1.50}'::numeric[] as numerics,
        '{2024-01-01T00:00:00Z}'::timestamptz[] as instants, '{"{\\"a\\": 1}"}'::jsonb[] as jsons, '\\x00ff'::bytea as bytes
    `.execute(db);
    expect(rows).toEqual([
      {
        int4: 1,
        int2: 2,
        int8: '9007199254740993',
        numeric: '1.10',
        float8: 0.1,
        bool: true,
        text: 'x',
        mood: 'happy',
        moods: ['happy', 'sad'],
        nothing: null,
        instant: new Date('2024-01-02T01:04:05.678Z'),
        date: new Date('2024-02-29T00:00:00Z'),
        time: '10:00:00',
        early: new Date('0001-01-01T00:00:00Z'),
        infinite: 'infinity',
        json: { a: [1] },
        ints: [1, null],
        bools: [true],
        numerics: ['1.50'],
        instants: [new Date('2024-01-01T00:00:00Z')],
        jsons: [{ a: 1 }],
        bytes: Buffer.from([0, 255]),
      },
    ]);
  });

  test('values of every kind can be sent', async () => {
    const db = kyselyOn<Schema>(started.database);
    const seen = new Date('2024-01-02T03:04:05.678Z');
    const row = {
      id: 1,
      name: 'a "quoted" \\ name',
      tags: ['plain', 'with, comma', 'with "quotes" and \\', '', 'NULL'],
      seen,
    };
    await db.insertInto('thing').values(row).execute();
    expect(await db.selectFrom('thing').selectAll().executeTakeFirst()).toEqual(row);
    const sent =
      await sql`select ${true}::bool as a, ${10n ** 18n}::int8 as b, ${Buffer.from('hi')}::bytea as c, ${{ x: 1 }}::jsonb as d,
      ${[
        [1, 2],
        [3, 4],
      ]}::int4[] as e, ${null}::text as f, ${[null, 'null']}::text[] as g`.execute(db);
    expect(sent.rows).toEqual([
      {
        a: true,
        b: '1000000000000000000',
        c: Buffer.from('hi'),
        d: { x: 1 },
        e: [
          [1, 2],
          [3, 4],
        ],
        f: null,
        g: [null, 'null'],
      },
    ]);
    await expect(sql`select ${undefined}::text`.execute(db)).rejects.toThrow('a undefined cannot be sent');
  });

  test('changes tell how many rows they touched', async () => {
    const db = kyselyOn<Schema>(started.database);
    await db.insertInto('thing').values({ id: 50, name: 'fifty', tags: [], seen: null }).execute();
    const outcome = await db.updateTable('thing').set({ name: 'changed' }).where('id', '=', 50).executeTakeFirst();
    expect(outcome.numUpdatedRows).toBe(1n);
    expect((await db.deleteFrom('thing').where('id', '=', 99).executeTakeFirst()).numDeletedRows).toBe(0n);
  });

  test('inside a transaction it writes with the transaction, and starts none of its own', async () => {
    const rolledBack = started.database.transaction(async (tx) => {
      await kyselyOn<Schema>(tx).insertInto('thing').values({ id: 2, name: 'gone', tags: [], seen: null }).execute();
      throw new Error('undo');
    });
    await expect(rolledBack).rejects.toThrow('undo');
    const db = kyselyOn<Schema>(started.database);
    expect(await db.selectFrom('thing').select('id').where('id', '=', 2).execute()).toEqual([]);
    await expect(db.transaction().execute(async () => undefined)).rejects.toThrow('no transactions of its own');
  });
});
