import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Database, Result } from '../../../runtime/database/database.ts';
import { DatabaseError, DatabaseUnavailable } from '../../../runtime/database/errors.ts';
import { Lane } from '../../../runtime/database/lane.ts';
import { connectionConfig } from '../../../runtime/database/postgres-config.ts';
import { openPostgres, type PostgresOptions } from '../../../runtime/database/postgres.ts';
import { describeEachPostgres } from '../../describe-databases.ts';
import { testPostgres } from '../../test-postgres.ts';

const NAME = 'lanes_test';
const ONE = { name: 'one', text: 'select $1::int', values: ['1'] };
const PID = { text: 'select pg_backend_pid(), pg_sleep(0)', values: [] };

describeEachPostgres((version) => {
  let url = '';
  let database: Database;
  let opened: Database[] = [];

  beforeAll(async () => {
    ({ url } = await testPostgres(version));
  });
  afterEach(async () => {
    await Promise.all(opened.map((one) => one.close()));
    opened = [];
  });
  afterAll(async () => {
    await withoutLanes(async (other) =>
      other.session((session) => session.script('drop table if exists lanes_changing')),
    );
  });

  /** Opens one whose lanes are there. */
  async function open(options: Partial<PostgresOptions> = {}): Promise<void> {
    database = openPostgres({ url, lanes: 2, applicationName: NAME, ...options });
    opened.push(database);
    await connected(options.lanes ?? 2);
  }

  async function connected(lanes: number): Promise<void> {
    await expect
      .poll(
        async () => {
          await caught(database.read(ONE));
          return laneCount(database);
        },
        { interval: 10 },
      )
      .toBe(lanes);
  }

  async function withoutLanes<T>(work: (other: Database) => Promise<T>): Promise<T> {
    const other = openPostgres({ url, poolSize: 1 });
    return work(other).finally(() => other.close());
  }

  test('reads are shared by the lanes and leave the pool alone', async () => {
    await open();
    const answers = await Promise.all(Array.from({ length: 40 }, () => database.read(PID)));
    expect(new Set(answers.map(({ rows }) => rows[0]?.[0])).size).toBe(2);
    const pool = await database.query(PID);
    expect(answers.map(({ rows }) => rows[0]?.[0])).not.toContain(pool.rows[0]?.[0]);
  });

  test('a bad statement gets its own error and its neighbours their own rows', async () => {
    await open({ lanes: 1 });
    const values = ['1', 'no number', '2', '3', 'nor this', '4'];
    const answers = await Promise.all(values.map((value) => settled(database.read({ ...ONE, values: [value] }))));
    expect(answers).toEqual([[['1']], '22P02', [['2']], [['3']], '22P02', [['4']]]);
    const missing = { name: 'missing', text: 'select * from nowhere', values: [] };
    const mixed = [missing, ONE, missing, missing, ONE].map((statement) => settled(database.read(statement)));
    expect(await Promise.all(mixed)).toEqual(['42P01', [['1']], '42P01', '42P01', [['1']]]);
    expect(laneCount(database)).toBeLessThanOrEqual(1);
  });

  test('a killed backend fails what was in flight there, and reads are answered again within a second', async () => {
    await open();
    const inFlight = Array.from({ length: 4 }, () =>
      caught(database.read({ text: 'select pg_sleep(10)', values: [] })),
    );
    await withoutLanes(async (other) => {
      const sleeping = `from pg_stat_activity where application_name = '${NAME}' and query like '%pg_sleep(10)%'`;
      const count = { text: `select ${sleeping}`, values: [] };
      await expect.poll(async () => (await other.query(count)).rowCount, { timeout: 5_000 }).toBe(2);
      await other.query({ text: `select pg_terminate_backend(pid) ${sleeping}`, values: [] });
    });
    const killedAt = performance.now();
    for (const error of await Promise.all(inFlight)) expect(error).toBeInstanceOf(DatabaseUnavailable);
    expect((await database.read(ONE)).rows).toEqual([['1']]);
    expect(performance.now() - killedAt).toBeLessThan(1_000);
    await connected(2);
  });

  test('a lane that was idle when its backend was killed is replaced without anybody noticing', async () => {
    await open();
    const answers = await Promise.all(Array.from({ length: 4 }, () => database.read(PID)));
    const pids = `{${answers.map(({ rows }) => rows[0]?.[0]).join(',')}}`;
    await withoutLanes((other) =>
      other.query({ text: 'select pg_terminate_backend(unnest($1::int[]))', values: [pids] }),
    );
    await expect.poll(() => laneCount(database)).toBe(0);
    expect((await database.read(ONE)).rows).toEqual([['1']]);
    await connected(2);
  });

  test('a slow statement on the pool does not delay reads', async () => {
    await open({ poolSize: 1 });
    const slow = database.query({ text: 'select pg_sleep(0.5)', values: [] }).then(() => 'slow');
    const reads = Promise.all(Array.from({ length: 20 }, () => database.read(ONE))).then(() => 'reads');
    expect(await Promise.race([slow, reads])).toBe('reads');
    await slow;
  });

  test('a lane that a slow statement blocks is passed by', async () => {
    await open({ lanes: 1 });
    const order: string[] = [];
    const slow = database.read({ text: 'select pg_sleep(1)', values: [] }).then(() => order.push('slow'));
    const isPassedBy = async (): Promise<boolean> => {
      await Promise.race([
        database.read(ONE).then(() => order.push('read')),
        new Promise((next) => setTimeout(next, 20)),
      ]);
      return order.includes('read');
    };
    await expect.poll(isPassedBy, { interval: 10, timeout: 900 }).toBe(true);
    await slow;
    expect(order[0]).toBe('read');
  });

  test('a prepared statement outlives a change of its table, also for those in flight', async () => {
    await open({ lanes: 1 });
    await database.session((session) =>
      session.script(
        'drop table if exists lanes_changing; create table lanes_changing (id int); insert into lanes_changing values (1)',
      ),
    );
    const statement = { name: 'changing', text: 'select * from lanes_changing', values: [] };
    expect((await database.read(statement)).rows).toEqual([['1']]);
    await database.session((session) => session.script('alter table lanes_changing add column note text'));
    const answers = await Promise.all(Array.from({ length: 5 }, () => settled(database.read(statement))));
    expect(answers).toEqual(Array.from({ length: 5 }, () => [['1', null]]));
    await connected(1);
    expect((await database.read(statement)).rows).toEqual([['1', null]]);
  });

  test('a lane prepares a named statement once, and none when that is switched off', async () => {
    const prepared = { text: 'select count(*)::int from pg_prepared_statements', values: [] };
    await open({ lanes: 1 });
    await Promise.all(Array.from({ length: 20 }, () => database.read(ONE)));
    expect((await database.read(prepared)).rows).toEqual([['1']]);
    await open({ lanes: 1, prepare: false });
    await Promise.all(Array.from({ length: 20 }, () => database.read(ONE)));
    expect((await database.read(prepared)).rows).toEqual([['0']]);
  });

  test('a statement that runs too long is ended for itself alone', async () => {
    await open({ lanes: 1, statementTimeout: 100 });
    const [slow, next] = await Promise.all([
      caught(database.read({ text: 'select pg_sleep(5)', values: [] })),
      database.read(ONE),
    ]);
    expect(slow).toMatchObject({ name: 'DatabaseUnavailable', reason: 'timeout', code: '57014' });
    expect(next.rows).toEqual([['1']]);
    expect(laneCount(database)).toBe(1);
  });

  test('a lane that has gone silent is given up with all that it carries', async () => {
    const config = connectionConfig({ url, connectTimeout: 1_000, applicationName: NAME, settings: [] });
    const lane = new Lane({ config, prepare: true, silenceLimit: 100 });
    await lane.connect();
    const errors = await Promise.all([
      caught(lane.send({ text: 'select pg_sleep(3)', values: [] })),
      caught(lane.send(ONE)),
    ]);
    for (const error of errors) expect(error).toMatchObject({ name: 'DatabaseUnavailable', reason: 'timeout' });
    expect(lane.isOpen).toBe(false);
    expect(lane.inFlight).toBe(0);
    await lane.close();
  });

  test('closing waits for the reads in flight, and refuses later ones', async () => {
    await open();
    const reads = Array.from({ length: 10 }, () => database.read({ text: 'select pg_sleep(0.02)', values: [] }));
    await database.close();
    expect((await Promise.all(reads)).map(({ rowCount }) => rowCount)).toEqual(Array.from({ length: 10 }, () => 1));
    await expect(database.read(ONE)).rejects.toMatchObject({ reason: 'closed' });
  });

  test('without lanes, reads go over the pool', async () => {
    database = openPostgres({ url, poolSize: 1, lanes: 0 });
    opened.push(database);
    expect((await database.read(PID)).rows[0]?.[0]).toBe((await database.query(PID)).rows[0]?.[0]);
  });
});

function laneCount(database: Database): number {
  const lanes = database.connections?.().filter(({ kind }) => kind === 'lane') ?? [];
  return lanes.reduce((sum, { count }) => sum + count, 0);
}

async function caught(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** The rows, or the SQLSTATE. */
async function settled(work: Promise<Result>): Promise<unknown> {
  return work.then(
    ({ rows }) => rows,
    (error: unknown) => (error instanceof DatabaseError ? error.sqlState : error),
  );
}
