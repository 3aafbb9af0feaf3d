import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../runtime/database/database.ts';
import { openPglite } from '../../runtime/database/pglite.ts';
import type { Catalogue } from '../../runtime/migrations/catalogue/catalogue.ts';
import { compareCatalogues } from '../../runtime/migrations/catalogue/compare-catalogues.ts';
import { describeDifference } from '../../runtime/migrations/catalogue/describe-difference.ts';
import { readCatalogue } from '../../runtime/migrations/catalogue/read-catalogue.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { describeEachDatabase } from '../describe-databases.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { planSpecs } from './plan-spec.ts';
import { WIDE } from './specs.ts';

const { migrations } = planSpecs(WIDE);

/** What some SQL changes, as one line each. */
const CHANGES: Readonly<Record<string, readonly [sql: string, lines: readonly string[]]>> = {
  'a column that was added': [
    'alter table items add extra_ text',
    ['column items.extra_ is not part of the migrations'],
  ],
  'a column that was dropped': [
    'alter table items drop flag cascade',
    ['column items.flag is missing', 'index items.items_flag_moment_id_idx is missing'],
  ],
  'another type': [
    'alter table items alter at type text',
    ['column items.at: type is text, not time without time zone'],
  ],
  'another default': [
    'alter table items alter count set default 2',
    ["column items.count: default is 2, not '-1'::integer"],
  ],
  'no default': [
    'alter table items alter count drop default',
    ["column items.count: default is gone, it was '-1'::integer"],
  ],
  'null allowed': ['alter table items alter count drop not null', ['column items.count: not null is false, not true']],
  'a check without validation': [
    'alter table items add constraint c check (count <> 3) not valid',
    ['constraint items.c is not part of the migrations'],
  ],
  'another delete rule': [
    'alter table items drop constraint items_backup_id_fkey, add constraint items_backup_id_fkey foreign key (backup_id) references accounts (id)',
    [
      'constraint items.items_backup_id_fkey: definition is FOREIGN KEY (backup_id) REFERENCES accounts(id), not FOREIGN KEY (backup_id) REFERENCES accounts(id) DEFERRABLE',
    ],
  ],
  'a renamed rule': [
    'alter table items rename constraint items_pkey to items_p',
    ['constraint items.items_p is not part of the migrations', 'constraint items.items_pkey is missing'],
  ],
  'an index': [
    'create index mine on items (lower(title)) where flag',
    ['index items.mine is not part of the migrations'],
  ],
  'an index that is not valid': [
    "update pg_index set indisvalid = false where indexrelid = 'items_by_title_idx'::regclass",
    ['index items.items_by_title_idx: valid is false, not true'],
  ],
  'a trigger that is off': [
    'alter table items disable trigger items_row_version',
    ['trigger items.items_row_version: enabled is disabled, and should be none'],
  ],
  'a rule that swallows what is written': [
    'create rule swallow as on insert to items do instead nothing',
    ['rule items.swallow is not part of the migrations'],
  ],
  'a right of everybody on one column': [
    'grant select (title) on items to public',
    ['column items.title: right of everybody is select, and should be none'],
  ],
  'row security and a policy': [
    'alter table items enable row level security, force row level security; create policy p on items for select to public using (flag)',
    [
      'policy items.p is not part of the migrations',
      'table items: forced is true, and should be none, row security is enabled, and should be none',
    ],
  ],
  'a value of an enum': [
    "alter type item_mood add value 'odd' before 'bad'",
    [expect.stringMatching(/^enum item_mood: values is 'good', .*'odd', 'bad', not/)],
  ],
  'a line of a body': [
    `create or replace function set_row_version() returns trigger language plpgsql set search_path = '' as '
begin
  new.version := old.version + 2;
  new.updated_at := now();
  return new;
end
'`,
    [
      'function set_row_version(): body differs in line 3: it is "new.version := old.version + 2;", not "new.version := old.version + 1;"',
    ],
  ],
  'a function': [
    "create or replace function set_row_version() returns trigger language plpgsql as 'begin return new; end'",
    [expect.stringMatching(/^function set_row_version\(\): body is begin return new; end, not/)],
  ],
  'an unlogged table': ['alter table items set unlogged', ['table items: persistence is u, and should be none']],
  'a table of someone else, and all that hangs on it': [
    "create table other (id int primary key, item uuid references items); create type odd as enum ('a'); create view mine as select * from items; create function f() returns int language sql as 'select 1'",
    [],
  ],
};

describeEachDatabase((version) => {
  let opened: TestDatabase;
  let database: Database;
  let built: Catalogue;
  beforeAll(async () => {
    opened = await openTestDatabase(version);
    database = opened.database;
    await migrate(database, migrations);
    built = await readCatalogue(database, 'public');
  });
  afterAll(() => opened.close());

  test('everything is read, the ledger is not', () => {
    const kinds = new Set(built.objects.map((object) => object.kind));
    expect([...kinds]).toEqual(['column', 'constraint', 'enum', 'extension', 'function', 'index', 'table', 'trigger']);
    expect(built.objects.filter(({ name }) => name.startsWith('supercompile_migrations'))).toEqual([]);
    expect(built.objects.filter(({ name, attributes }) => name === 'items.status' && attributes['default'])).toEqual([
      {
        kind: 'column',
        table: 'items',
        name: 'items.status',
        attributes: { type: 'item_status', notNull: 'true', default: "'new'::item_status" },
      },
    ]);
  });

  test('a schema that is not there holds nothing', async () => {
    expect((await readCatalogue(database, 'nowhere')).objects).toEqual([]);
  });

  test.each(Object.entries(CHANGES))('%s is told by its name', async (_, [sql, lines]) => {
    const found = await database.session(async (session) => {
      await session.script(`begin; set local search_path = public; ${sql}`);
      const catalogue = await readCatalogue(session, 'public');
      await session.script('rollback');
      return catalogue;
    });
    expect(compareCatalogues(built, found, 'owned').map(describeDifference)).toEqual(lines);
  });

  test('a constraint trigger that was renamed without its constraint is told from one that bears its name', async () => {
    const found = await database.session(async (session) => {
      await session.script(
        `begin; set local search_path = public;
         create constraint trigger kept after insert on items deferrable for each row execute function set_row_version();
         create constraint trigger late after insert on items deferrable for each row execute function set_row_version();
         alter trigger late on items rename to later`,
      );
      const catalogue = await readCatalogue(session, 'public');
      await session.script('rollback');
      return catalogue;
    });
    const constraintOf = (name: string): unknown =>
      found.objects.filter((object) => object.name === name).map(({ attributes }) => attributes['constraint']);
    expect([constraintOf('items.kept'), constraintOf('items.later')]).toEqual([[undefined], ['late']]);
  });

  test('an extension is the same in whichever schema it stands', async () => {
    const withExtension = (schema: string): Promise<Catalogue> =>
      database.session(async (session) => {
        await session.script(
          `begin; create schema apart; create extension btree_gist schema ${schema}; set local search_path = public`,
        );
        const catalogue = await readCatalogue(session, 'public');
        await session.script('rollback');
        return catalogue;
      });
    const [own, apart] = [await withExtension('public'), await withExtension('apart')];
    expect(own.objects.filter(({ kind }) => kind === 'extension').map(({ name }) => name)).toEqual([
      'btree_gist',
      'pg_trgm',
    ]);
    expect(compareCatalogues(own, apart)).toEqual([]);
  });

  test('a table that is gone is one difference, and so is one that was made', async () => {
    const gone = {
      ...built,
      objects: built.objects.filter(({ table, name }) => table !== 'items' && name !== 'items'),
    };
    expect(compareCatalogues(built, gone).map(describeDifference)).toEqual(['table items is missing']);
    expect(compareCatalogues(gone, built).map(describeDifference)).toEqual([
      'table items is not part of the migrations',
    ]);
    expect(compareCatalogues(gone, built, 'owned')).toEqual([]);
  });

  test('a schema of another name holds the same', async () => {
    const { migrations: own } = planSpecs(WIDE.replace('entities:', 'database: { schema: select }\nentities:'));
    await migrate(database, own);
    expect(compareCatalogues(built, await readCatalogue(database, 'select'))).toEqual([]);
  });

  test('every server says the same of the same schema', async () => {
    const embedded = await openPglite();
    try {
      await migrate(embedded, migrations);
      expect(compareCatalogues(await readCatalogue(embedded, 'public'), built)).toEqual([]);
    } finally {
      await embedded.close();
    }
  });
});
