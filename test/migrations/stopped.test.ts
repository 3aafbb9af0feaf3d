import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { planStopped } from '../../compiler/cli/plan-stopped.ts';
import { emptySchema } from '../../compiler/plan/database/database-schema.ts';
import { foldOperations } from '../../compiler/plan/migration/fold-operations.ts';
import type { History } from '../../compiler/plan/migration/history.ts';
import { readRecord } from '../../compiler/plan/migration/migration-record.ts';
import { stoppedWayBack, type StoppedWayBack } from '../../compiler/plan/migration/stopped-way-back.ts';
import type { Database } from '../../runtime/database/database.ts';
import { compareCatalogues } from '../../runtime/migrations/catalogue/compare-catalogues.ts';
import { readCatalogue } from '../../runtime/migrations/catalogue/read-catalogue.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { migrateDown } from '../../runtime/migrations/migrate-down.ts';
import type { MigrateEvent } from '../../runtime/migrations/migration.ts';
import { migrationStatus } from '../../runtime/migrations/status.ts';
import { describeOldestPostgres } from '../describe-databases.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { planSpecs, spec } from './plan-spec.ts';

const BEFORE = spec({
  Lead: `
fields:
  name: { type: string }
  mood: { type: enum, values: [good], default: good }
  score: { type: integer, min: 0 }
  phone: { type: string, optional: true }
`,
});
/** Values, a rename, a check of another bound, a column that is filled and required, two indexes, a link. */
const AFTER = `${spec({
  Lead: `
fields:
  name: { type: string, unique: true }
  mood: { type: enum, values: [good, bad], default: good }
  score: { type: integer, min: 2 }
  points: { type: integer }
  number: { type: integer, sequence: true }
  call: { type: string, optional: true, was: phone }
  boss: { type: reference, to: Lead, optional: true }
`,
})}migration:
  allow: [check field Lead.score, check field Lead.name, rewrite entity Lead]
  backfill: { Lead.points: 1 }
`;
const UNIQUE = `${BEFORE.replace('name: { type: string }', 'name: { type: string, unique: true }')}migration:
  allow: [check field Lead.name]
`;

/** What takes back the last of two migrations once so many of its steps are done. */
function backFrom({ migrations }: History, finishedSteps: number, rows = 0): StoppedWayBack {
  const [first, record] = migrations.flatMap(({ json = '' }) => {
    const read = readRecord(json);
    return read.kind === 'record' ? [read.record] : [];
  });
  if (first === undefined || record === undefined) throw new TypeError('there are not two migrations');
  return stoppedWayBack(foldOperations(emptySchema('public'), first.operations), record, { finishedSteps, rows });
}

const stopBefore =
  (step: number) =>
  (event: MigrateEvent): void => {
    if (event.kind === 'step' && event.step === step) throw new Error('stopped');
  };

describeOldestPostgres((version) => {
  const { migrations, history } = planSpecs(BEFORE, AFTER);
  let opened: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    opened = await openTestDatabase(version);
    database = opened.database;
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.reset();
    await migrate(database, migrations.slice(0, 1));
    await run("insert into leads (name, score, phone) values ('one', 2, '1')");
  });

  const run = (sql: string): Promise<void> =>
    database.session((session) => session.script(`set search_path = public; ${sql}`));
  const rowsNow = async (): Promise<unknown> =>
    (await database.query({ text: 'select name, mood, score, phone from leads', values: [] })).rows;

  test('what a migration did before it stopped is taken back, wherever that was', async () => {
    const [before, rows] = [await readCatalogue(database, 'public'), await rowsNow()];
    const steps = migrations[1]?.sql.match(/^-- step /gm)?.length ?? 0;
    expect(steps).toBe(12);
    // One of each sort: values, expand, a column filled, required, an index, a validation; the long suite stops everywhere.
    for (const step of [2, 3, 4, 5, 7, steps]) {
      await expect(migrate(database, migrations, { onEvent: stopBefore(step) })).rejects.toThrow('stopped');
      const { partial } = await migrationStatus(database, migrations);
      const back = backFrom(history, step - 1);
      if (partial === undefined || back.kind === 'none') throw new TypeError(`there is no way back from step ${step}`);
      const stopped = { ...partial, down: back.sql, catalogue: await readCatalogue(database, 'public') };
      expect(await migrateDown(database, migrations, { stopped })).toBe(partial.id);
      expect(compareCatalogues(before, await readCatalogue(database, 'public'))).toEqual([]);
      expect(await rowsNow()).toEqual(rows);
    }
    expect((await migrate(database, migrations)).applied).toHaveLength(1);
  });

  test('an index that could not be built goes too; nothing does while something else is in the way', async () => {
    const before = await readCatalogue(database, 'public');
    await run("insert into leads (name, score, phone) values ('one', 2, '1')");
    await expect(migrate(database, migrations)).rejects.toMatchObject({ cause: { sqlState: '23505' } });
    await expect(migrateDown(database, migrations)).rejects.toThrow('stopped after step 5 of 12');
    const stopped = await planStopped({ migrations, history }, database);
    if (stopped === undefined) throw new TypeError('nothing stopped');
    const early = { stopped: { ...stopped, finishedSteps: 4 } };
    await expect(migrateDown(database, migrations, early)).rejects.toThrow('went on meanwhile');
    await run('alter table leads add legacy int');
    await expect(migrateDown(database, migrations, { stopped })).rejects.toThrow('column leads.legacy');
    await run('alter table leads drop legacy');
    await expect(migrateDown(killed(database), migrations, { stopped })).rejects.toThrow('killed');
    expect((await migrationStatus(database, migrations)).partial).toMatchObject({ finishedSteps: 5 });
    expect(await migrateDown(database, migrations, { stopped })).toBe(stopped.id);
    await expect(migrateDown(database, migrations, { stopped })).rejects.toThrow('went on meanwhile');
    expect(compareCatalogues(before, await readCatalogue(database, 'public'))).toEqual([]);
    expect(await planStopped({ migrations, history }, database)).toBeUndefined();
  });

  test('one whose first step left an index is taken back, and not the one before it', async () => {
    const unique = planSpecs(BEFORE, UNIQUE);
    const before = await readCatalogue(database, 'public');
    await run("insert into leads (name, score, phone) values ('one', 2, '1')");
    await expect(migrate(database, unique.migrations)).rejects.toMatchObject({ step: 1, leftNothing: false });
    expect(await migrate(database, migrations.slice(0, 1))).toEqual({ applied: [] });
    const { partial } = await migrationStatus(database, unique.migrations);
    const back = backFrom(unique.history, 0);
    if (partial === undefined || back.kind === 'none') throw new TypeError('there is no way back');
    const stopped = { ...partial, ...back, down: back.sql, catalogue: before };
    expect(await migrateDown(database, unique.migrations, { stopped })).toBe(unique.migrations[1]?.id);
    expect(compareCatalogues(before, await readCatalogue(database, 'public'))).toEqual([]);
    expect((await migrationStatus(database, unique.migrations)).applied).toEqual([migrations[0]?.id]);
  });

  test('once a step has filled values that were there, it is named, and there is no way back', async () => {
    const required = AFTER.replace('string, optional: true, was', 'string, was');
    const filling = planSpecs(BEFORE, required.replace('Lead.points: 1', 'Lead.points: 1, Lead.call: none'));
    expect(backFrom(filling.history, 3).kind).toBe('down');
    expect(backFrom(filling.history, 3, 1)).toEqual({ kind: 'none', step: 4, lost: ['leads.call'] });
    const ends = { onEvent: stopBefore(6) };
    await expect(migrate(database, filling.migrations, ends)).rejects.toThrow('stopped');
    const reason = 'what its step 4 did to leads.call cannot be undone without loss; mend what stopped it';
    await expect(planStopped(filling, database)).rejects.toThrow(reason);
    const cut = filling.migrations.map((item) => ({ ...item, sql: item.sql.replace(/^-- step 15[^]*/m, '') }));
    await run('update supercompile_migrations set steps = 14 where finished_at is null');
    await expect(planStopped({ ...filling, migrations: cut }, database)).rejects.toThrow('cut its steps otherwise');
  });
});

test('what somebody else gave a new column is not lost on the way back', () => {
  const added = BEFORE.replace('phone:', 'code: { type: string }\n      phone:');
  const { history } = planSpecs(BEFORE, `${added}migration:\n  allow: [require field Lead.code]\n`);
  const back = backFrom(history, 1);
  expect(back.kind === 'down' && back.sql).toContain('"leads.code" has values');
});

test('what is computed is computed anew on the way back', () => {
  const priced = (more: number, min: number): string =>
    spec({
      Lead: `fields:
  owner: { type: reference, to: Owner }
  score: { type: integer, min: ${min} }
  price: { type: integer, optional: true, computed: "record.score * record.owner.rate + ${more}" }`,
      Owner: 'fields:\n  rate: { type: integer }',
    });
  const { history } = planSpecs(priced(1, 0), `${priced(2, 1)}migration: { allow: [check field Lead.score] }\n`);
  const back = backFrom(history, 2);
  expect(back.kind === 'down' && back.sql).toMatch(/^set price = .* \+ 1::numeric\nwhere price is distinct/m);
});

/** A database whose runner is gone when all is done and nothing is kept yet. */
function killed(database: Database): Database {
  return {
    ...database,
    query: (statement) => database.query(statement),
    session: (work) =>
      database.session((session) =>
        work({
          query: (statement) => session.query(statement),
          batch: (statements) => session.batch(statements),
          script: (sql) => (sql === 'commit' ? Promise.reject(new Error('killed')) : session.script(sql)),
        }),
      ),
  };
}
