import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../runtime/database/database.ts';
import { DatabaseError, DatabaseUnavailable } from '../../runtime/database/errors.ts';
import { MigrationFailed, MigrationRefused } from '../../runtime/migrations/errors.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import type { MigrateEvent, Migration } from '../../runtime/migrations/migration.ts';
import { migrationStatus } from '../../runtime/migrations/status.ts';
import { describeEachDatabase } from '../describe-databases.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { planSpecs } from './plan-spec.ts';
import { readCatalogue } from './read-catalogue.ts';
import { ONE, TWO } from './two-specs.ts';

const { migrations } = planSpecs(ONE, TWO);
const [first] = migrations;
const STEPS = 1 + (migrations[1]?.sql.match(/^-- step /gm)?.length ?? 0);

describeEachDatabase((version) => {
  let opened: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    opened = await openTestDatabase(version);
    database = opened.database;
  });
  beforeEach(() => opened.reset());
  afterAll(() => opened.close());

  const ledger = async (): Promise<readonly (readonly (string | null)[])[]> => {
    const text = 'select id, parent, step = steps, finished_at is not null from supercompile_migrations order by id';
    return (await database.query({ text, values: [] })).rows;
  };

  test('all migrations are applied once, in their order, and noted', async () => {
    const events: MigrateEvent[] = [];
    const result = await migrate(database, migrations.toReversed(), { onEvent: (event) => events.push(event) });
    expect(result.applied).toEqual(migrations.map(({ id }) => id));
    expect(events.filter(({ kind: what }) => what === 'step')).toHaveLength(STEPS);
    expect(await ledger()).toEqual(migrations.map(({ id, parent }) => [id, parent ?? null, 't', 't']));
    expect(await migrate(database, migrations)).toEqual({ applied: [] });
  });

  test('status tells applied from pending and changes nothing', async () => {
    const ids = migrations.map(({ id }) => id);
    expect(await migrationStatus(database, migrations)).toEqual({ applied: [], pending: ids });
    await expect(ledger()).rejects.toThrow(DatabaseError);
    await migrate(database, migrations.slice(0, 1));
    expect(await migrationStatus(database, migrations)).toEqual({ applied: ids.slice(0, 1), pending: ids.slice(1) });
    expect(await migrationStatus(database, [])).toEqual({ applied: [], pending: [] });
  });

  test.each(['before', 'after'] as const)(
    'an end %s any statement, then another run, gives the same database',
    async (when) => {
      await migrate(database, migrations.slice(0, 1));
      await database.query({ text: "insert into leads (name) values ('kept')", values: [] });
      let broken = 0;
      for (let allowed = 1; ; allowed += 1) {
        const result = await migrate(breaking(database, allowed, when), migrations).catch((error: unknown) => error);
        if (!(result instanceof Error)) break;
        broken += 1;
        if (broken > 200) throw new Error('the runner makes no progress');
      }
      expect(broken).toBeGreaterThan(STEPS);
      const { rows } = await database.query({ text: 'select name, score, mood from leads', values: [] });
      expect(rows).toEqual([['kept', '1', 'good']]);
      const migrated = await readCatalogue(database, 'public');
      await opened.reset();
      await migrate(database, planSpecs(TWO).migrations);
      expect(migrated).toEqual(await readCatalogue(database, 'public'));
    },
  );

  test('a step that fails names itself; once mended, the next run resumes at it', async () => {
    await migrate(database, migrations.slice(0, 1));
    // Stands where the second build of an index wants to stand.
    await database.session((session) => session.script('create table leads_score_id_idx (id integer)'));
    const seen: MigrateEvent[] = [];
    const broken: readonly Migration[] = migrations.map((migration) =>
      migration === first
        ? migration
        : { ...migration, sql: migration.sql.replaceAll(' if not exists leads_', ' leads_') },
    );
    const failure = await migrate(database, broken).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MigrationFailed);
    if (!(failure instanceof MigrationFailed)) return;
    expect(failure.cause).toMatchObject({ sqlState: '42P07' });
    const { partial } = await migrationStatus(database, broken);
    expect(partial).toEqual({ id: broken[1]?.id, finishedSteps: failure.step - 1, steps: STEPS - 1, rows: 0 });
    await database.session((session) => session.script('drop table leads_score_id_idx'));
    await migrate(database, broken, { onEvent: (event) => seen.push(event) });
    expect(seen[0]).toMatchObject({ kind: 'step', step: failure.step });
  });

  test('what a failed concurrent build left behind goes before the next try', async () => {
    const unique: Migration = {
      ...(first ?? missing()),
      id: '0002_u_00000000',
      parent: first?.id,
      sql: '-- step 1 notx lock_timeout=1s retry=drop-invalid-index:public.once\n\ncreate unique index concurrently if not exists once on public.leads (name);\n',
    };
    await migrate(database, migrations.slice(0, 1));
    await database.query({ text: "insert into leads (name) values ('a'), ('a')", values: [] });
    const all = [...migrations.slice(0, 1), unique];
    await expect(migrate(database, all)).rejects.toMatchObject({ step: 1, cause: { sqlState: '23505' } });
    const state = (): Promise<readonly (readonly (string | null)[])[]> =>
      database
        .query({ text: "select indisvalid from pg_index where indexrelid = to_regclass('once')", values: [] })
        .then(({ rows }) => rows);
    expect(await state()).toEqual([['f']]);
    await database.query({ text: 'delete from leads', values: [] });
    await migrate(database, all);
    expect(await state()).toEqual([['t']]);
  });

  test('a migration that changed after it ran is refused, with both hashes', async () => {
    await migrate(database, migrations);
    const changed = migrations.map((migration) => ({ ...migration, sha256: migration.sha256.replace(/^./, 'z') }));
    const failure = await migrate(database, changed).catch((error: unknown) => error);
    expect(failure).toMatchObject({ reason: 'changed-since-applied', id: first?.id });
    expect(String(failure)).toContain(first?.sha256);
    await expect(migrationStatus(database, changed)).rejects.toThrow(MigrationRefused);
  });

  test('a draft that ran and was replaced is refused by its name', async () => {
    await migrate(database, migrations);
    const replaced = planSpecs(ONE, TWO.replace('min: 0', 'min: 1')).migrations;
    await expect(migrate(database, replaced)).rejects.toMatchObject({
      reason: 'unknown-applied',
      id: migrations[1]?.id,
    });
    await expect(migrate(database, migrations.slice(0, 1))).rejects.toThrow(/migrations\/ lacks it/);
  });

  test('two heads and a lost parent are refused before anything runs', async () => {
    const other = planSpecs(ONE, TWO.replace('min: 0', 'min: 1')).migrations;
    await expect(migrate(database, [...migrations, ...other.slice(1)])).rejects.toThrow(/two heads/);
    await expect(migrate(database, migrations.slice(1))).rejects.toMatchObject({ reason: 'broken-chain' });
    expect(await readCatalogue(database, 'public')).toEqual([]);
  });

  test('a gap in the ledger is refused', async () => {
    await migrate(database, migrations);
    await database.query({ text: 'delete from supercompile_migrations where parent is null', values: [] });
    await expect(migrate(database, migrations)).rejects.toMatchObject({ reason: 'broken-chain' });
  });
});

/** A database whose sessions lose their connection at some call, before it is made or before it is answered. */
function breaking(database: Database, calls: number, when: 'before' | 'after'): Database {
  let left = calls;
  const count = async <T>(work: () => Promise<T>): Promise<T> => {
    left -= 1;
    if (left < 0) throw new DatabaseUnavailable('connection');
    const result = await work();
    if (left === 0 && when === 'after') throw new DatabaseUnavailable('connection');
    return result;
  };
  return {
    kind: database.kind,
    query: (statement) => count(() => database.query(statement)),
    batch: (statements) => count(() => database.batch(statements)),
    read: (statement) => count(() => database.read(statement)),
    transaction: (work) => database.transaction(work),
    session: (work) =>
      database.session((session) =>
        work({
          query: (statement) => count(() => session.query(statement)),
          batch: (statements) => count(() => session.batch(statements)),
          script: (sql) => count(() => session.script(sql)),
        }),
      ),
    close: () => database.close(),
  };
}

function missing(): never {
  throw new Error('nothing was planned');
}
