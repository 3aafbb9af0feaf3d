import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database, Text } from '../../../runtime/database/database.ts';
import { DatabaseError, DatabaseUnavailable } from '../../../runtime/database/errors.ts';
import type { TestDatabase } from '../../../runtime/testing/test-database.ts';
import { describeEachDatabase } from '../../describe-databases.ts';
import { startDatabase } from '../../start-database.ts';

/** Column type, text sent, text that comes back. */
const VALUES: readonly (readonly [type: string, sent: Text, received?: Text])[] = [
  ['boolean', 't'],
  ['boolean', 'false', 'f'],
  ['smallint', '-7'],
  ['integer', '2147483647'],
  ['bigint', '9223372036854775807'],
  ['numeric(30,10)', '12345678901234567890.1234567890'],
  ['double precision', '0.1'],
  ['double precision', '1e-320', '1e-320'],
  ['text', 'naïve 🎈 "quoted" \\ back'],
  ['text', ''],
  ['varchar(3)', 'abc'],
  ['uuid', '6b1f7c1e-0000-0000-0000-000000000001'],
  ['date', '2024-02-29'],
  ['time', '23:59:59.123456'],
  ['timestamptz', '2024-01-02T03:04:05.123456+02:00', '2024-01-02 01:04:05.123456+00'],
  ['interval', 'P1DT2H'],
  ['json', '{"b": 1, "a": [1.10]}'],
  ['jsonb', '{"b": 1, "a": [1.10]}', '{"a": [1.10], "b": 1}'],
  ['bytea', '\\xdeadbeef'],
  ['mood', 'so so'],
  ['integer[]', '{1,NULL,3}'],
  ['boolean[]', '{t,f}'],
  ['text[]', '{a,"b c","d\\"e",""}'],
  ['mood[]', '{happy,"so so"}'],
  ['numeric[]', '{1.10,2.00}'],
  ['uuid[]', '{6b1f7c1e-0000-0000-0000-000000000001}'],
  ['timestamptz[]', '{2024-01-02T03:04:05Z}', '{"2024-01-02 03:04:05+00"}'],
  ['jsonb[]', '{"{\\"a\\": 1}"}'],
  ['integer', null],
];

const CASES = VALUES.map(([type, sent, received = sent]) => ({ type, sent, received }));

describeEachDatabase((version) => {
  let started: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    started = await startDatabase(version);
    database = started.database;
    await database.session((session) =>
      session.script(`
        create type mood as enum ('happy', 'so so');
        create table parent (id integer primary key, name text not null unique, age integer check (age > 0));
        create table child (id integer primary key, parent_id integer references parent (id));
        insert into parent values (1, 'one', 1);
        insert into child values (1, 1);
      `),
    );
  });
  afterAll(() => started.close());

  async function read(text: string, ...values: Text[]): Promise<readonly (readonly Text[])[]> {
    return (await database.query({ text, values })).rows;
  }

  async function caught(work: Promise<unknown>): Promise<unknown> {
    return work.then(
      () => undefined,
      (error: unknown) => error,
    );
  }

  async function stateOf(work: Promise<unknown>): Promise<unknown> {
    const error = await caught(work);
    return error instanceof DatabaseError ? [error.sqlState, error.kind] : error;
  }

  test.each(CASES)('a $type travels as the text $sent', async ({ type, sent, received }) => {
    expect(await read(`select $1::${type}`, sent)).toEqual([[received]]);
    const named = { name: `value_${type}`, text: `select $1::${type}`, values: [sent] };
    await database.query(named);
    expect((await database.query(named)).rows).toEqual([[received]]);
  });

  test('a value of several megabytes survives', async () => {
    const large = 'héllo '.repeat(700_000);
    expect(await read('select $1::text', large)).toEqual([[large]]);
  });

  test('columns come back when they are asked for', async () => {
    const statement = { text: 'select id, name from parent', values: [] };
    expect(await database.query(statement)).not.toHaveProperty('columns');
    expect((await database.query({ ...statement, describe: true })).columns).toEqual([
      { name: 'id', type: 23 },
      { name: 'name', type: 25 },
    ]);
    const named = { ...statement, name: 'described', describe: true };
    await database.query(named);
    expect((await database.query(named)).columns).toHaveLength(2);
  });

  test('the count of rows is that of the statement', async () => {
    const update = { text: 'update parent set age = 2 where id = $1', values: ['1'] };
    expect((await database.query(update)).rowCount).toBe(1);
    expect((await database.query({ ...update, values: ['99'] })).rowCount).toBe(0);
    expect((await database.query({ text: 'select * from parent', values: [] })).rowCount).toBe(1);
  });

  test('a refused statement says why by kind and by name, and never by value', async () => {
    expect(await stateOf(read("insert into parent values (2, 'one')"))).toEqual(['23505', 'unique']);
    expect(await stateOf(read("insert into parent values (1, 'secret')"))).toEqual(['23505', 'unique']);
    expect(await stateOf(read('insert into child values (2, 99)'))).toEqual(['23503', 'foreignKey']);
    expect(await stateOf(read('delete from parent where id = 1'))).toEqual(['23503', 'foreignKey']);
    expect(await stateOf(read("insert into parent values (2, 'two', -1)"))).toEqual(['23514', 'check']);
    expect(await stateOf(read('insert into parent values (2, null)'))).toEqual(['23502', 'notNull']);
    expect(await stateOf(read('select $1::uuid', 'secret'))).toEqual(['22P02', 'invalidValue']);
    expect(await stateOf(read('select * from nowhere'))).toEqual(['42P01', 'other']);

    const error = await caught(read('insert into parent values (2, $1)', 'one'));
    expect(error).toMatchObject({ constraint: 'parent_name_key', table: 'parent', schema: 'public' });
    expect(JSON.stringify(error)).not.toContain('one)');
    expect(String(error)).not.toContain('(name)=');
    expect(error instanceof DatabaseError && error.report().detail).toContain('(name)=(one)');
  });

  test('a text that is two statements is refused where one is expected', async () => {
    expect(await stateOf(read('select 1; select 2'))).toEqual(['42601', 'other']);
  });

  test('a transaction commits when its work resolves and rolls back when it rejects', async () => {
    await database.transaction((tx) => tx.query({ text: "insert into parent values (10, 'ten')", values: [] }));
    const failed = database.transaction(async (tx) => {
      await tx.query({ text: "insert into parent values (11, 'eleven')", values: [] });
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await read('select id from parent where id >= 10')).toEqual([['10']]);
  });

  test('a transaction whose failed statement was swallowed rejects instead of committing nothing', async () => {
    const work = database.transaction(async (tx) => {
      await tx.query({ text: "insert into parent values (12, 'twelve')", values: [] });
      await caught(tx.query({ text: 'select 1/0', values: [] }));
    });
    expect(await stateOf(work)).toEqual(['25P02', 'other']);
    expect(await read('select id from parent where id = 12')).toEqual([]);
  });

  test('statements sent together in a transaction keep their own answers', async () => {
    const answers = await database.transaction((tx) =>
      Promise.all([1, 2, 3, 4].map((n) => tx.query({ text: 'select $1::int', values: [String(n)] }))),
    );
    expect(answers.map(({ rows }) => rows)).toEqual([[['1']], [['2']], [['3']], [['4']]]);
  });

  test('a statement sent after its transaction has ended is refused', async () => {
    const leaked = await database.transaction(async (tx) => tx);
    await expect(leaked.query({ text: 'select 1', values: [] })).rejects.toThrow('after its transaction');
  });

  test('statements outside wait for an open transaction, or run beside it, and see only what is committed', async () => {
    const seen: unknown[] = [];
    const gate = Promise.withResolvers<void>();
    const open = database.transaction(async (tx) => {
      await tx.query({ text: "insert into parent values (20, 'twenty')", values: [] });
      gate.resolve();
      await tx.query({ text: 'select pg_sleep(0.05)', values: [] });
      throw new Error('rolled back');
    });
    await gate.promise;
    const outside = read('select id from parent where id = 20').then((rows) => seen.push(rows));
    await caught(open);
    await outside;
    expect(seen).toEqual([[]]);
  });

  test('what a session sets, locks or leaves open ends with it', async () => {
    await database.session(async (session) => {
      await session.script("set time zone 'Asia/Kathmandu'; set application_name = 'left over'; begin");
      await session.query({ text: 'select pg_advisory_lock(42)', values: [] });
      await session.query({ name: 'of_the_session', text: 'select 1', values: [] });
    });
    expect(await read("select current_setting('TimeZone'), current_setting('application_name') = 'left over'")).toEqual(
      [['UTC', 'f']],
    );
    // Other tests hold theirs in other databases of the same server.
    const own = `database = (select oid from pg_database where datname = current_database())`;
    expect(await read(`select count(*)::int from pg_locks where locktype = 'advisory' and ${own}`)).toEqual([['0']]);
    expect((await database.query({ name: 'of_the_session', text: 'select 1', values: [] })).rows).toEqual([['1']]);
  });

  test('a script runs several statements and reports the one that fails', async () => {
    const failed = database.session((session) => session.script('select 1; select * from nowhere'));
    expect(await stateOf(failed)).toEqual(['42P01', 'other']);
  });

  test('a prepared statement outlives a change of its table', async () => {
    await database.session((session) =>
      session.script('create table changing (id int); insert into changing values (1)'),
    );
    const statement = { name: 'changing', text: 'select * from changing', values: [] };
    for (let i = 0; i < 3; i += 1) await database.query(statement);
    await database.session((session) => session.script('alter table changing add column note text'));
    for (let i = 0; i < 3; i += 1) expect((await database.query(statement)).rows).toEqual([['1', null]]);
  });

  test('a closed database refuses statements as unavailable', async () => {
    const other = await startDatabase(version);
    const pending = other.database.query({ text: 'select 1', values: [] });
    await pending;
    await other.close();
    const error = await caught(other.database.query({ text: 'select 1', values: [] }));
    expect(error).toBeInstanceOf(DatabaseUnavailable);
    expect(error).toMatchObject({ reason: 'closed' });
  });
});
