import { sql, type Kysely } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANONYMOUS, type Caller } from '../../runtime/access/authorize.ts';
import { selection } from '../../runtime/crud/columns.ts';
import { PointReads } from '../../runtime/crud/point-reads.ts';
import type { RepositoryDefinition } from '../../runtime/crud/repository-definition.ts';
import { repository } from '../../runtime/crud/repository.ts';
import { param } from '../../runtime/crud/statements.ts';
import type { Database, Statement } from '../../runtime/database/database.ts';
import { DatabaseUnavailable } from '../../runtime/database/errors.ts';
import { openPglite } from '../../runtime/database/pglite.ts';

interface Schema {
  readonly items: { readonly id: string; readonly version: string; readonly label: string };
}

const columns = [
  ['label', 'label', 'text'],
  ['id', 'id', 'quoted'],
] as const;
const selected = selection(columns);

/** Its read has a condition beside the id, which has to hold for many ids too. */
const definition: RepositoryDefinition<Schema> = {
  schema: 'public',
  columns,
  get: (db) =>
    db.selectFrom('items').select(selected).where('id', '=', param('id')).where('label', '<>', sql.lit('hidden')),
  list: (db) => db.selectFrom('items').select(selected),
  create: (db) => db.insertInto('items').values({ id: param('id'), label: param('label'), version: param('id') }),
  update: (db) => db.updateTable('items').set({ label: param('label') }),
  delete: (db) => db.deleteFrom('items'),
  filters: {},
  sorts: {},
};
const items = repository(definition);

let database: Database;
let sent: Statement[] = [];

beforeAll(async () => {
  database = await openPglite();
  await database.session((session) =>
    session.script(`
      create table items (id uuid primary key, version text, label text);
      insert into items select ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, i, 'label ' || i from generate_series(1, 500) i;
      update items set label = 'hidden' where version = '3';
    `),
  );
});
beforeEach(() => {
  sent = [];
});
afterAll(() => database.close());

function reads(): PointReads {
  const recording: Database = {
    kind: database.kind,
    query: (statement) => database.query(statement),
    batch: (statements) => database.batch(statements),
    read: (statement) => {
      sent.push(statement);
      return database.read(statement);
    },
    transaction: (work) => database.transaction(work),
    session: (work) => database.session(work),
    close: () => database.close(),
  };
  return new PointReads(items, recording);
}

const idOf = (number: number): string => `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

test('reads of one tick are one statement, and each gets its own row', async () => {
  const rows = reads();
  const numbers = [1, 2, 3, 4, 999, 2, 0xab];
  const answers = await Promise.all(numbers.map((number) => rows.read(ANONYMOUS, idOf(number))));
  expect(answers.map((row) => row?.text(1))).toEqual([
    'label 1',
    'label 2',
    undefined,
    'label 4',
    undefined,
    'label 2',
    'label 171',
  ]);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.text).toContain('"id" = any($1)');
});

test('a read alone is the statement of the compiled text', async () => {
  expect((await reads().read(ANONYMOUS, idOf(7)))?.text(1)).toBe('label 7');
  expect(sent.map(({ text, values }) => [text.includes('"id" = $1'), values])).toEqual([[true, [idOf(7)]]]);
});

test('callers never share a statement', async () => {
  const rows = reads();
  const other: Caller = { principal: 'other', roles: ['anonymous'] };
  await Promise.all(
    [1, 2, 3].flatMap((number) => [rows.read(ANONYMOUS, idOf(number)), rows.read(other, idOf(number))]),
  );
  expect(sent).toHaveLength(2);
});

test('reads of a later tick are a statement of their own, and many are several', async () => {
  const rows = reads();
  await rows.read(ANONYMOUS, idOf(1));
  await rows.read(ANONYMOUS, idOf(1));
  expect(sent).toHaveLength(2);
  const answers = await Promise.all(Array.from({ length: 450 }, (_, index) => rows.read(ANONYMOUS, idOf(index + 4))));
  expect(answers.map((row) => row?.text(1))).toEqual(Array.from({ length: 450 }, (_, index) => `label ${index + 4}`));
  expect(sent).toHaveLength(5);
});

test('a failure is that of everyone who waits, and of nobody later', async () => {
  const closed = await openPglite();
  await closed.close();
  const rows = new PointReads(items, closed);
  const answers = await Promise.allSettled([1, 2].map((number) => rows.read(ANONYMOUS, idOf(number))));
  for (const answer of answers)
    expect(answer).toMatchObject({ status: 'rejected', reason: expect.any(DatabaseUnavailable) });
});

test('a statement that does not compare the id once is refused when the entity is compiled', () => {
  const get = (db: Kysely<Schema>) => db.selectFrom('items').select(selected).where('label', '=', param('id'));
  const twice = (db: Kysely<Schema>) => get(db).where('id', '=', param('id'));
  expect(() => repository({ ...definition, get: twice })).toThrow('must compare its id once');
});
