import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Cursors } from '../../runtime/crud/cursor.ts';
import { selection } from '../../runtime/crud/columns.ts';
import { readHandlers } from '../../runtime/crud/read-handlers.ts';
import { repository, type Repository } from '../../runtime/crud/repository.ts';
import { param } from '../../runtime/crud/statements.ts';
import type { SortColumn } from '../../runtime/crud/repository-definition.ts';
import type { Database } from '../../runtime/database/database.ts';
import { openPglite } from '../../runtime/database/pglite.ts';
import { Once } from '../../runtime/idempotency/once.ts';
import { Problem, problemResponse } from '../../runtime/http/problem.ts';

interface Schema {
  readonly items: { readonly id: string; readonly version: string; readonly kind: string };
}

const columns = [
  ['id', 'id', 'quoted'],
  ['kind', 'kind', 'text'],
] as const;
const selected = selection(columns);

/** The repository of the items whose kind is such a column. */
function itemsBy(kind: Omit<SortColumn, 'column'>): Repository {
  return repository<Schema>({
    schema: 'public',
    columns,
    get: (db) => db.selectFrom('items').select(selected).where('id', '=', param('id')),
    list: (db, { where, order, limit }) =>
      db.selectFrom('items').select(selected).where(where).orderBy(order).limit(limit),
    create: (db) => db.insertInto('items').values({ id: param('id'), kind: param('kind'), version: param('id') }),
    update: (db) => db.updateTable('items').set({ kind: param('kind') }),
    delete: (db) => db.deleteFrom('items'),
    filters: {},
    sorts: { kind: { column: 'kind', ...kind } },
  });
}

let database: Database;

beforeAll(async () => {
  database = await openPglite();
  await database.session((session) =>
    session.script(`
      create table items (id uuid primary key default gen_random_uuid(), version bigint default 1, kind text not null);
      insert into items (kind) values ('a'), ('b'), ('c');
    `),
  );
});

afterAll(() => database.close());

/** One item after the cursor, in the order of its kind. */
async function page(items: Repository, cursor?: string): Promise<Response> {
  const { list } = readHandlers(
    { name: 'item', readable: true, repository: items, register: () => undefined },
    {
      database,
      cursors: new Cursors(new Uint8Array(32)),
      hooksOf: () => ({}),
      once: new Once(database, 'public', () => ({ status: 200, headers: {}, body: '' })),
    },
  );
  const app = new Hono();
  app.onError((error) => {
    if (error instanceof Problem) return problemResponse(error, 'id');
    throw error;
  });
  const request = { filters: [], sort: [{ key: 'kind', descending: false }], limit: 1, expand: [], fields: [] };
  app.get('/', (context) => list(context, cursor === undefined ? request : { ...request, cursor }));
  return app.request('/');
}

test('a cursor goes on where the column holds what it held', async () => {
  const { nextCursor } = Object(await (await page(itemsBy({ type: 'enum a b c' }))).json());
  const next = await page(itemsBy({ type: 'enum a b c' }), nextCursor);
  expect(Object(await next.json()).data).toMatchObject([{ kind: 'b' }]);
});

test.each<[string, Omit<SortColumn, 'column'>]>([
  ['has a renamed value', { type: 'enum a x c' }],
  ['is of another type', { type: 'string' }],
  ['may be null', { type: 'enum a b c', nullable: true }],
])('a cursor is none of the list any more where its column %s', async (_, kind) => {
  const { nextCursor } = Object(await (await page(itemsBy({ type: 'enum a b c' }))).json());
  const answer = await page(itemsBy(kind), nextCursor);
  expect(answer.status).toBe(422);
  expect(Object(await answer.json()).errors).toMatchObject([{ parameter: 'cursor', code: 'cursor' }]);
});

test('a cursor is proven to who has not made it, and none is taken for another list', () => {
  const [maker, other] = [new Cursors(new Uint8Array(32)), new Cursors(new Uint8Array(32))];
  const cursor = maker.encode(['a', null], 'list');
  for (const cursors of [maker, other, other]) {
    expect(cursors.decode(cursor, 'list')).toEqual(['a', null]);
    expect(cursors.decode(cursor, 'another list')).toBeUndefined();
    expect(cursors.decode(`${cursor}A`, 'list')).toBeUndefined();
  }
  expect(new Cursors(new Uint8Array(32).fill(1)).decode(cursor, 'list')).toBeUndefined();
});

test('cursors that were forgotten are proven again, and long ones are never kept', () => {
  const cursors = new Cursors(new Uint8Array(32));
  const long = 'x'.repeat(600);
  const made = [long, ...Array.from({ length: 1_200 }, (_, index) => String(index))].map((value) =>
    cursors.encode([value], 'list'),
  );
  expect(made.map((cursor) => cursors.decode(cursor, 'list')?.[0]).slice(0, 3)).toEqual([long, '0', '1']);
});
