import { afterAll, beforeAll, expect, test } from 'vitest';
import { selection } from '../../runtime/crud/columns.ts';
import type { ListRequest } from '../../runtime/crud/list-query.ts';
import { repository } from '../../runtime/crud/repository.ts';
import { param } from '../../runtime/crud/statements.ts';
import type { Database } from '../../runtime/database/database.ts';
import type { TestDatabase } from '../../runtime/testing/test-database.ts';
import { describeEachDatabase } from '../describe-databases.ts';
import { startDatabase } from '../start-database.ts';

interface Schema {
  readonly items: { readonly id: string; readonly version: string; readonly label: string };
}

const columns = [
  ['id', 'id', 'quoted'],
  ['label', 'label', 'text'],
] as const;
const selected = selection(columns);

const items = repository<Schema>({
  schema: 'public',
  columns,
  get: (db) => db.selectFrom('items').select(selected).where('id', '=', param('id')),
  list: (db, { where, order, limit }) =>
    db.selectFrom('items').select(selected).where(where).orderBy(order).limit(limit),
  create: (db) => db.insertInto('items').values({ id: param('id'), label: param('label'), version: param('id') }),
  update: (db) => db.updateTable('items').set({ label: param('label') }),
  delete: (db) => db.deleteFrom('items'),
  filters: { label: { column: 'label' } },
  sorts: { label: { column: 'label' } },
});

describeEachDatabase((version) => {
  let started: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    started = await startDatabase(version);
    database = started.database;
    await database.session((session) =>
      session.script(`
        create table items (id uuid primary key default gen_random_uuid(), version bigint default 1, label text not null);
        insert into items (label) select case when i <= 12000 then 'many' when i <= 12007 then 'few' else 'rest' end
          from generate_series(1, 22007) i;
      `),
    );
    await database.session((session) => session.script('analyze items'));
  });
  afterAll(() => started.close());

  async function count(kind: ListRequest['count'], label?: string): Promise<unknown> {
    const filters = label === undefined ? [] : [{ key: 'label', operator: 'eq', value: label } as const];
    const request = { filters, sort: [{ key: 'label', descending: false }], limit: 1, expand: [], fields: [] };
    return items.count(database, kind === undefined ? request : { ...request, count: kind });
  }

  test('nothing is counted unless asked for', async () => {
    expect(await count(undefined)).toBeUndefined();
  });

  test('an exact count is of the filters, and ends at what is counted one by one', async () => {
    expect(await count('exact', 'few')).toEqual({ value: 7, kind: 'exact' });
    expect(await count('exact', 'rest')).toEqual({ value: 10_000, kind: 'exact' });
    expect(await count('exact', 'many')).toEqual({ value: 10_000, kind: 'atLeast' });
    expect(await count('exact')).toEqual({ value: 10_000, kind: 'atLeast' });
  });

  test("an estimate is the planner's of the same filters, and a count where that is small", async () => {
    expect(await count('estimated')).toEqual({ value: 22_007, kind: 'estimated' });
    expect(await count('estimated', 'few')).toEqual({ value: 7, kind: 'exact' });
    const many = Object(await count('estimated', 'many'));
    expect(many.kind).toBe('estimated');
    expect(Math.abs(many.value - 12_000)).toBeLessThan(1_000);
  });
});
