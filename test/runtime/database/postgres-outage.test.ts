import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../../runtime/database/database.ts';
import { DatabaseUnavailable } from '../../../runtime/database/errors.ts';
import { openPostgres, type PostgresOptions } from '../../../runtime/database/postgres.ts';
import { startPostgres } from '../../postgres.ts';

type Server = Awaited<ReturnType<typeof startPostgres>>;

const ONE = { text: 'select 1', values: [] } as const;

describe('an outage of Postgres', () => {
  let server: Server;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.close());

  async function withDatabase(options: Partial<PostgresOptions>, work: (database: Database) => Promise<void>) {
    const database = openPostgres({ url: server.url, ...options });
    await work(database).finally(() => database.close());
  }

  async function caught(work: Promise<unknown>): Promise<unknown> {
    return work.then(
      () => undefined,
      (error: unknown) => error,
    );
  }

  test.each(['fast', 'immediate'] as const)('a %s restart under load costs only unavailable answers', async (mode) => {
    await withDatabase({}, async (database) => {
      await database.session((session) => session.script('create table if not exists written (id bigserial)'));
      const errors: unknown[] = [];
      let acknowledged = 0;
      let isRunning = true;
      const writers = Array.from({ length: 20 }, async () => {
        while (isRunning) {
          const error = await caught(
            database.query({ name: 'write', text: 'insert into written default values', values: [] }),
          );
          if (error === undefined) acknowledged += 1;
          else errors.push(error);
        }
      });
      await reach(() => acknowledged > 100);
      await server.stop(mode);
      await server.start();
      const before = acknowledged;
      await reach(() => acknowledged > before + 100);
      isRunning = false;
      await Promise.all(writers);
      expect(errors.length).toBeGreaterThan(0);
      expect(errors.filter((error) => !(error instanceof DatabaseUnavailable))).toEqual([]);
      const { rows } = await database.query({ text: 'select count(*) from written', values: [] });
      expect(Number(rows[0]?.[0])).toBeGreaterThanOrEqual(acknowledged);
      await database.session((session) => session.script('drop table written'));
    });
  });

  test('a backend killed in a transaction fails that transaction and no later one', async () => {
    await withDatabase({ poolSize: 1 }, async (database) => {
      const error = await caught(
        database.transaction(async (tx) => {
          const { rows } = await tx.query({ text: 'select pg_backend_pid()', values: [] });
          await withDatabase({}, async (other) => {
            await other.query({ text: 'select pg_terminate_backend($1)', values: [rows[0]?.[0] ?? null] });
          });
          await tx.query(ONE);
        }),
      );
      expect(error).toBeInstanceOf(DatabaseUnavailable);
      expect((await database.query(ONE)).rows).toEqual([['1']]);
    });
  });

  test('an exhausted pool answers within its bound and recovers by itself', async () => {
    await withDatabase({ poolSize: 1, connectTimeout: 200 }, async (database) => {
      const slow = database.query({ text: 'select pg_sleep(0.6)', values: [] });
      const startedAt = performance.now();
      expect(await caught(database.query(ONE))).toMatchObject({ name: 'DatabaseUnavailable', reason: 'capacity' });
      expect(performance.now() - startedAt).toBeLessThan(500);
      await slow;
      expect((await database.query(ONE)).rowCount).toBe(1);
    });
  });

  test('a statement that runs too long is ended, and its connection goes on', async () => {
    await withDatabase({ poolSize: 1, statementTimeout: 100 }, async (database) => {
      const pid = (await database.query({ text: 'select pg_backend_pid()', values: [] })).rows;
      const error = await caught(database.query({ text: 'select pg_sleep(5)', values: [] }));
      expect(error).toMatchObject({ name: 'DatabaseUnavailable', reason: 'timeout', code: '57014' });
      expect((await database.query({ text: 'select pg_backend_pid()', values: [] })).rows).toEqual(pid);
    });
  });

  test('a session is not bound by the time limit of statements', async () => {
    await withDatabase({ statementTimeout: 50 }, (database) =>
      database.session(async (session) => {
        await session.query({ text: 'select pg_sleep(0.2)', values: [] });
      }),
    );
  });

  test('options in the connection string are kept beside ours', async () => {
    const url = `${server.url}?options=${encodeURIComponent('-c work_mem=7MB')}`;
    await withDatabase({ url }, async (database) => {
      const text =
        "select current_setting('work_mem'), current_setting('TimeZone'), current_setting('statement_timeout')";
      expect((await database.query({ text, values: [] })).rows).toEqual([['7MB', 'UTC', '30s']]);
    });
  });

  test('prepared statements can be switched off', async () => {
    const prepared = { text: 'select count(*)::int from pg_prepared_statements', values: [] };
    await withDatabase({ poolSize: 1, prepare: false }, async (database) => {
      await database.query({ name: 'one', ...ONE });
      expect((await database.query(prepared)).rows).toEqual([['0']]);
    });
    await withDatabase({ poolSize: 1 }, async (database) => {
      await database.query({ name: 'one', ...ONE });
      expect((await database.query(prepared)).rows).toEqual([['1']]);
    });
  });
});

test('a server that is not there, or never answers, is unavailable within the bound', async () => {
  const sockets: Socket[] = [];
  const mute = createServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  const address = mute.address();
  const port = typeof address === 'object' ? address?.port : undefined;

  const silent = openPostgres({ url: `postgres://nobody@127.0.0.1:${port}/none`, connectTimeout: 200 });
  const startedAt = performance.now();
  await expect(silent.query(ONE)).rejects.toMatchObject({ name: 'DatabaseUnavailable', reason: 'connection' });
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  await silent.close();

  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => mute.close(resolve));
  const absent = openPostgres({ url: `postgres://nobody@127.0.0.1:${port}/none` });
  await expect(absent.query(ONE)).rejects.toMatchObject({ reason: 'connection', code: 'ECONNREFUSED' });
  await absent.close();
});

/** Waits, polling, until `condition` holds; the test's own time limit ends a wait that is in vain. */
async function reach(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}
