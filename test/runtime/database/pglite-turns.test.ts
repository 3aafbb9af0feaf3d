import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../runtime/database/database.ts';
import { openPglite } from '../../../runtime/database/pglite.ts';

const ONE = { text: 'select 1', values: [] } as const;

let database: Database;
beforeAll(async () => {
  database = await openPglite();
});
afterAll(() => database.close());

test('asking the database from inside its own transaction is an error and no deadlock', async () => {
  await expect(database.transaction(() => database.query(ONE))).rejects.toThrow('use the executor it gave');
  await expect(database.session(() => database.transaction(async () => 1))).rejects.toThrow('use the executor it gave');
  expect((await database.query(ONE)).rowCount).toBe(1);
});

test('code that a transaction has started may ask once that has ended', async () => {
  let later: Promise<unknown> | undefined;
  const gate = Promise.withResolvers<void>();
  await database.transaction(async () => {
    later = gate.promise.then(() => database.query(ONE));
  });
  gate.resolve();
  await expect(later).resolves.toMatchObject({ rowCount: 1 });
});

test('closing waits for what was asked before it', async () => {
  const other = await openPglite();
  const asked = other.query(ONE);
  await Promise.all([other.close(), other.close()]);
  expect((await asked).rows).toEqual([['1']]);
});

test('statements that were all asked at once let the event loop come round between them', async () => {
  const slow = { text: 'select sum(x) from generate_series(1, 300000) as x', values: [] } as const;
  let rounds = 0;
  let isDone = false;
  const count = (): void => {
    rounds += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  await Promise.all(Array.from({ length: 5 }, () => database.query(slow)));
  isDone = true;
  expect(rounds).toBeGreaterThanOrEqual(4);
});
