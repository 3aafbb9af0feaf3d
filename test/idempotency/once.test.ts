import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { idempotencyTable } from '../../compiler/plan/database/idempotency-table.ts';
import { createTableSql } from '../../compiler/plan/migration/table-sql.ts';
import { readKeptRow } from '../../runtime/crud/kept-row.ts';
import type { Database, Executor } from '../../runtime/database/database.ts';
import type { Outcome } from '../../runtime/idempotency/kept-result.ts';
import type { KeyedRequest } from '../../runtime/idempotency/keyed-request.ts';
import { Once } from '../../runtime/idempotency/once.ts';
import type { TestDatabase } from '../../runtime/testing/test-database.ts';
import { describeEachDatabase } from '../describe-databases.ts';
import { startDatabase } from '../start-database.ts';

const TABLE = 'supercompile_idempotency_keys';
const REQUEST: KeyedRequest = { caller: 'ann', key: 'key', fingerprint: '\\x01' };
const OUTCOME: Outcome = { status: 201, headers: { etag: '"1"' }, body: '{"id":1}' };
const REPLAY: Outcome = { ...OUTCOME, headers: { etag: '"1"', 'idempotent-replayed': 'true' } };

describeEachDatabase((version) => {
  let started: TestDatabase;
  let database: Database;
  let once: Once;

  beforeAll(async () => {
    started = await startDatabase(version);
    database = started.database;
    const table = createTableSql('public', idempotencyTable());
    await database.session((session) => session.script(`${table} create table done (what text)`));
  });
  beforeEach(async () => {
    once = new Once(database, 'public', readKeptRow);
    await sql(`delete from ${TABLE}`);
    await sql('delete from done');
  });
  afterAll(() => started.close());

  async function sql(text: string): Promise<readonly (readonly unknown[])[]> {
    return (await database.query({ text, values: [] })).rows;
  }

  const work = async (on: Executor): Promise<Outcome> => {
    await on.query({ text: `insert into done values ('x')`, values: [] });
    return OUTCOME;
  };
  const did = async (): Promise<number> => (await sql('select 1 from done')).length;

  test('the work of a key is done once, and its outcome given again', async () => {
    expect(await once.transaction(REQUEST, work)).toEqual(OUTCOME);
    expect(await once.transaction(REQUEST, work)).toEqual(REPLAY);
    expect(await did()).toBe(1);
  });

  test('another request under the key is refused, and each caller has keys of their own', async () => {
    await once.transaction(REQUEST, work);
    const other = once.transaction({ ...REQUEST, fingerprint: '\\x02' }, work);
    await expect(other).rejects.toMatchObject({ status: 422, code: 'idempotency-key-reused' });
    expect(await once.transaction({ ...REQUEST, caller: 'bob', fingerprint: '\\x02' }, work)).toEqual(OUTCOME);
    expect(await did()).toBe(2);
  });

  test('work that fails leaves nothing behind, its key least of all', async () => {
    const failing = once.transaction(REQUEST, async (on) => {
      await work(on);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const large = once.transaction(REQUEST, async (on) => ({ ...(await work(on)), body: 'x'.repeat(1024 * 1024 + 1) }));
    await expect(large).rejects.toMatchObject({ status: 413 });
    expect([await did(), await sql(`select 1 from ${TABLE}`)]).toEqual([0, []]);
    expect(await once.transaction(REQUEST, work)).toEqual(OUTCOME);
  });

  test('a second request while the first is being done makes no second change', async () => {
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const first = once.transaction(REQUEST, async (on) => {
      begun.resolve();
      await gate.promise;
      return work(on);
    });
    await begun.promise;
    const second = once.transaction(REQUEST, work);
    // The embedded database has one session: there the second waits.
    if (version === undefined) gate.resolve();
    if (version === undefined) expect(await second).toEqual(REPLAY);
    else await expect(second).rejects.toMatchObject({ status: 409, headers: { 'retry-after': '1' } });
    gate.resolve();
    expect(await first).toEqual(OUTCOME);
    expect(await once.transaction(REQUEST, work)).toEqual(REPLAY);
    expect(await did()).toBe(1);
  });

  test('a key is free again after 24 hours', async () => {
    await once.transaction(REQUEST, work);
    await sql(`update ${TABLE} set created_at = now() - interval '23 hours 59 minutes'`);
    expect(await once.transaction(REQUEST, work)).toEqual(REPLAY);
    await sql(`update ${TABLE} set created_at = now() - interval '24 hours'`);
    expect(await once.transaction({ ...REQUEST, fingerprint: '\\x02' }, work)).toEqual(OUTCOME);
    expect(await did()).toBe(2);
  });

  test('a key whose result is removed before it is found is free', async () => {
    const taken = [undefined, OUTCOME];
    const outcome = await once.attempt(REQUEST, async () => taken.shift());
    expect([outcome, taken]).toEqual([OUTCOME, []]);
    await expect(once.attempt(REQUEST, async () => undefined)).rejects.toMatchObject({ status: 409 });
  });

  test('requests remove what has expired, a bounded number at a time', async () => {
    await sql(
      `insert into ${TABLE} select 'ann', i, '\\x01', 201, '{}', null, '', now() - interval '25 hours' from generate_series(1, 250) i`,
    );
    const left = async (): Promise<number> => (await sql(`select 1 from ${TABLE} where caller = 'ann'`)).length;
    await once.transaction({ ...REQUEST, caller: 'bob' }, work);
    await vi.waitFor(async () => expect(await left()).toBe(50));
    for (let index = 0; index < 64; index += 1) await once.transaction({ ...REQUEST, caller: `bob ${index}` }, work);
    await vi.waitFor(async () => expect(await left()).toBe(0));
  });

  test('a schema with a name as long as a name may be makes no name of a statement that is too long', async () => {
    const schema = 's'.repeat(63);
    await database.session((session) =>
      session.script(`create schema ${schema}; ${createTableSql(schema, idempotencyTable())}`),
    );
    const warn = vi.spyOn(console, 'error');
    onTestFinished(() => warn.mockRestore());
    const inSchema = new Once(database, schema, readKeptRow);
    expect(await inSchema.transaction(REQUEST, work)).toEqual(OUTCOME);
    expect(await inSchema.transaction(REQUEST, work)).toEqual(REPLAY);
    expect(warn).not.toHaveBeenCalled();
  });

  test('a batch is done whole or not at all, and what failed can be sent again', async () => {
    const insert = { name: 'insert_done', text: 'insert into done values ($1) returning what', values: ['a'] };
    const divide = (by: string) => ({ name: 'divide', text: 'select 1 / $1::int', values: [by] });
    const last = { name: 'last_of_batch', text: 'select count(*) from done', values: [] };
    for (let round = 0; round < 2; round += 1) {
      await expect(database.batch([insert, divide('0'), last])).rejects.toMatchObject({ sqlState: '22012' });
    }
    expect(await did()).toBe(0);
    const results = await database.batch([insert, divide('1'), last]);
    expect(results.map(({ rows }) => rows)).toEqual([[['a']], [['1']], [['1']]]);
    const within = database.transaction(async (on) => {
      await on.batch([insert, last]);
      throw new Error('back');
    });
    await expect(within).rejects.toThrow('back');
    expect(await did()).toBe(1);
  });
});
