import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { supabaseFiles } from '../../compiler/cli/supabase-files.ts';
import { proveOnEmbedded } from '../../compiler/verify/prove-on-embedded.ts';
import { compareCatalogues } from '../../runtime/migrations/catalogue/compare-catalogues.ts';
import { readCatalogue } from '../../runtime/migrations/catalogue/read-catalogue.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { migrateDown } from '../../runtime/migrations/migrate-down.ts';
import { describeEachDatabase } from '../describe-databases.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { planSpec, planSpecs, sealed, spec } from './plan-spec.ts';

const room = (filters: string, more: Readonly<Record<string, string>> = {}): string =>
  spec({
    Room: `
fields:
  name: { type: string }
  place: { type: string }
  begins: { type: date }
  ends: { type: date }
list: { filter: [${filters}] }
`,
    ...more,
  });
/** One more entity, with a rule that needs an extension too. */
const STAYS = {
  Stay: `
fields:
  room: { type: string }
  begins: { type: date }
  ends: { type: date }
list: { filter: [begins] }
noOverlap:
  free: { from: begins, to: ends, per: [room] }
`,
};
const { migrations, history } = planSpecs(room('name'), room('name, place'));
const [, second] = migrations;

const INDEXES = "select indexname from pg_indexes where indexdef like '%trgm%' order by 1";
const EXTENSIONS = "select extname from pg_extension where extname <> 'plpgsql' order by 1";

describeEachDatabase((version) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(version);
  });
  afterAll(() => opened.close());
  beforeEach(() => opened.reset('extensions'));

  const query = async (text: string): Promise<readonly unknown[]> =>
    (await opened.database.query({ text, values: [] })).rows.flat();
  const script = (sql: string): Promise<void> => opened.database.session((session) => session.script(sql));

  test('a part of a text is indexed wherever the extension stands, in a table with rows too', async () => {
    const { database } = opened;
    await migrate(database, migrations);
    const own = await readCatalogue(database, 'public');
    for (const place of ['extensions', '"of, all"']) {
      await opened.reset('extensions', 'of, all');
      await script(`create schema ${place}; create extension pg_trgm schema ${place}`);
      await migrate(database, migrations.slice(0, 1));
      expect(await query(INDEXES)).toEqual(['rooms_name_part_idx']);
      expect(await migrate(database, migrations)).toEqual({ applied: [second?.id] });
      expect(await query(INDEXES)).toEqual(['rooms_name_part_idx', 'rooms_place_part_idx']);
      expect(compareCatalogues(own, await readCatalogue(database, 'public'))).toEqual([]);
      // No drift either: the run before left its catalogue.
      expect(await migrate(database, migrations)).toEqual({ applied: [] });
    }
    await opened.reset('of, all');
  });

  test('files of another tool index it there as well', async () => {
    await script('create schema extensions; create extension pg_trgm schema extensions');
    for (const text of supabaseFiles(migrations.slice(0, 1), 0n).files.values()) await script(text);
    expect(await query(INDEXES)).toEqual(['rooms_name_part_idx']);
  });

  test('the extension stays, unasked, when the last that needs it goes', async () => {
    const { migrations: all } = planSpecs(
      room('name', STAYS),
      room('begins', { Stay: STAYS.Stay.replace(/noOverlap:[^]*/, '') }),
    );
    await migrate(opened.database, all);
    expect(await query(INDEXES)).toEqual([]);
    expect(await query(EXTENSIONS)).toEqual(['btree_gist', 'pg_trgm']);
  });

  test('it stays on the way back too, and the migration runs again', async () => {
    const { migrations: all } = planSpecs(room('begins'), room('begins, name', STAYS));
    await migrate(opened.database, all);
    expect(await migrateDown(opened.database, all)).toBe(all[1]?.id);
    expect(await query(EXTENSIONS)).toEqual(['btree_gist', 'pg_trgm']);
    expect(await migrate(opened.database, all)).toEqual({ applied: [all[1]?.id] });
    expect(await query(INDEXES)).toEqual(['rooms_name_part_idx']);
  });
});

const unique = (list: string): string => spec({ Room: `fields:\n  code: { type: string, unique: true }\n${list}` });

test('only text that the author names is found by a part of it, and later too', () => {
  const { migrations: all } = planSpecs(unique(''), unique('list: { filter: [code] }\n'), unique(''));
  const [first, named, unnamed] = all.map(({ sql }) => sql);
  expect(first).not.toMatch(/trgm/);
  expect(named).toMatch(
    /create extension if not exists pg_trgm[^]*create index concurrently.* gin \(code gin_trgm_ops\)/,
  );
  expect(unnamed).toMatch(/drop index concurrently.*rooms_code_part_idx/);
});

test('no migration asks for the extension twice, and all of them are proven', async () => {
  let past = history;
  for (const text of [room('begins'), room('begins, name', STAYS)]) {
    const plan = planSpec(text, past);
    expect(plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(plan.migration?.sql.text).not.toMatch(/(create|drop) extension.*pg_trgm/);
    const { claim } = plan.migration ?? {};
    if (claim === undefined) throw new Error('nothing was planned');
    expect(await proveOnEmbedded(claim)).toEqual([]);
    past = sealed(past, plan);
    expect(planSpec(text, past).migration).toBeUndefined();
  }
});
