import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { selection } from '../../runtime/crud/columns.ts';
import type { ListRequest, SortTerm } from '../../runtime/crud/list-query.ts';
import { repository } from '../../runtime/crud/repository.ts';
import { param } from '../../runtime/crud/statements.ts';
import type { Database, Text } from '../../runtime/database/database.ts';
import { openPglite } from '../../runtime/database/pglite.ts';

interface Schema {
  readonly items: {
    readonly id: string;
    readonly version: string;
    readonly rank: number | null;
    readonly label: string;
    readonly mail: string | null;
  };
}

const columns = [
  ['id', 'id', 'quoted'],
  ['rank', 'rank', 'number'],
  ['label', 'label', 'text'],
  ['mail', 'mail', 'text'],
] as const;
const selected = selection(columns);

const items = repository<Schema>({
  schema: 'public',
  columns,
  get: (db) => db.selectFrom('items').select(selected).where('id', '=', param('id')),
  list: (db, { where, order, limit }) =>
    db.selectFrom('items').select(selected).where(where).orderBy(order).limit(limit),
  create: (db) =>
    db
      .insertInto('items')
      .values({
        id: param('id'),
        rank: param('rank'),
        label: param('label'),
        mail: param('mail'),
        version: param('rank'),
      })
      .returning(selected),
  update: (db, { pick, guard }) =>
    db
      .updateTable('items')
      .set(pick({ label: param('label') }))
      .where('id', '=', param('id'))
      .where(guard)
      .returning(selected),
  delete: (db, { guard }) => db.deleteFrom('items').where('id', '=', param('id')).where(guard),
  filters: {},
  sorts: {
    rank: { column: 'rank', nullable: true },
    label: { column: 'label' },
    mail: { column: 'mail', nullable: true, lower: true },
  },
});

let database: Database;

beforeAll(async () => {
  database = await openPglite();
  await database.session((session) =>
    session.script(
      'create table items (id uuid primary key, version text default 1, rank integer, label text collate "C" not null, mail text collate "C")',
    ),
  );
});

afterAll(() => database.close());

interface Item {
  readonly id: string;
  readonly rank: number | null;
  readonly label: string;
  readonly mail: string | null;
}

const itemsArbitrary = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    rank: fc.option(fc.integer({ min: 0, max: 3 })),
    label: fc.constantFrom('a', 'b', 'B', '"q"', ''),
    mail: fc.option(fc.constantFrom('Ann@x', 'ann@x', 'BEN@x', 'cleo@x')),
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 14 },
);

const sortArbitrary = fc
  .shuffledSubarray(['rank', 'label', 'mail'], { minLength: 1 })
  .chain((keys) => fc.tuple(...keys.map((key) => fc.record({ key: fc.constant(key), descending: fc.boolean() }))));

test('Pages of any order, joined, are the whole list in that order, nulls last', async () => {
  await fc.assert(
    fc.asyncProperty(itemsArbitrary, sortArbitrary, fc.integer({ min: 1, max: 4 }), async (rows, sort, limit) => {
      await insert(rows);
      expect(await walk(sort, limit)).toEqual(ordered(rows, sort).map(({ id }) => id));
    }),
    { numRuns: 60 },
  );
}, 60_000);

async function insert(rows: readonly Item[]): Promise<void> {
  await database.query({ text: 'delete from items', values: [] });
  for (const { id, rank, label, mail } of rows) {
    const values = [id, rank === null ? null : String(rank), label, mail];
    await database.query({ text: 'insert into items (id, rank, label, mail) values ($1, $2, $3, $4)', values });
  }
}

async function walk(sort: readonly SortTerm[], limit: number): Promise<readonly Text[]> {
  const request: ListRequest = { filters: [], sort, expand: [], fields: [], limit };
  const ids: Text[] = [];
  let cursor: readonly Text[] | undefined;
  do {
    const page = await items.list(database, request, cursor);
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    ids.push(...page.rows.map((row) => row.text(1)));
    cursor = page.next;
  } while (cursor !== undefined && ids.length < 100);
  return ids;
}

/** The oracle: a plain comparison, written without a look at the SQL. */
function ordered(rows: readonly Item[], sort: readonly SortTerm[]): readonly Item[] {
  const last = sort.at(-1)?.descending ?? false;
  return rows.toSorted((left, right) => {
    for (const { key, descending } of [...sort, { key: 'id', descending: last }]) {
      const [a, b] = [valueOf(left, key), valueOf(right, key)];
      if (a === b) continue;
      if (a === null) return 1;
      if (b === null) return -1;
      return (a < b ? -1 : 1) * (descending ? -1 : 1);
    }
    return 0;
  });
}

function valueOf(item: Item, key: string): string | number | null {
  if (key === 'rank') return item.rank;
  if (key === 'mail') return item.mail?.toLowerCase() ?? null;
  return key === 'label' ? item.label : item.id;
}
