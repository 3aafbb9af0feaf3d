import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { proveOnEmbedded } from '../../compiler/verify/prove-on-embedded.ts';
import type { Text } from '../../runtime/database/database.ts';
import { compareCatalogues } from '../../runtime/migrations/catalogue/compare-catalogues.ts';
import { readCatalogue } from '../../runtime/migrations/catalogue/read-catalogue.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { migrateDown } from '../../runtime/migrations/migrate-down.ts';
import { migrationStatus } from '../../runtime/migrations/status.ts';
import { describeEachDatabase } from '../describe-databases.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { planSpec, planSpecs, sealed, spec } from './plan-spec.ts';

const BEFORE = spec({
  Lead: `
fields:
  name: { type: string, maxLength: 50, unique: true }
  state: { type: enum, values: [open, done], default: open, transitions: { open: [done] } }
  score: { type: integer, min: 1, optional: true }
`,
});
const AFTER = spec({
  Prospect: `
was: Lead
fields:
  title: { type: string, maxLength: 80, was: name }
  state: { type: enum, values: [open, asked, done], default: open, transitions: { open: [asked], asked: [done] } }
  score: { type: integer, min: 1, optional: true }
  note: { type: text, optional: true }
  points: { type: integer, default: 0 }
indexes:
  byScore: { fields: [score] }
`,
  Visit: 'fields:\n  prospect: { type: reference, to: Prospect, optional: true }',
});
const { migrations, plan, history } = planSpecs(BEFORE, AFTER);
const [first] = migrations;

describeEachDatabase((version) => {
  let test_: TestDatabase;
  beforeAll(async () => {
    test_ = await openTestDatabase(version);
  });
  afterAll(() => test_.close());
  beforeEach(() => test_.reset());

  const query = async (text: string): Promise<readonly (readonly Text[])[]> =>
    (await test_.database.query({ text, values: [] })).rows;

  test('what is taken back is as it was, rows too, and is done again by the next run', async () => {
    const { database } = test_;
    await migrate(database, migrations.slice(0, 1));
    await query("insert into leads (name, score) values ('one', 1)");
    const before = await readCatalogue(database, 'public');
    await migrate(database, migrations);
    expect(await migrateDown(database, migrations)).toBe(migrations[1]?.id);
    expect(compareCatalogues(before, await readCatalogue(database, 'public'))).toEqual([]);
    expect(await query('select name, state, score from leads')).toEqual([['one', 'open', '1']]);
    expect((await migrationStatus(database, migrations)).applied).toEqual([first?.id]);
    expect((await migrate(database, migrations)).applied).toEqual([migrations[1]?.id]);
    expect(await query('select title, points from prospects')).toEqual([['one', '0']]);
  });

  test.each([
    ['insert into visits default values', '"visits" has rows'],
    ["insert into prospects (title, note) values ('two', 'a')", '"prospects.note" has values'],
    ["insert into prospects (title, points) values ('two', 3)", '"prospects.points" has values'],
    ["insert into prospects (title) values ('two'); update prospects set state = 'asked'", 'asked'],
  ])('nothing is taken back where a value would be lost: %s', async (sql, said) => {
    await migrate(test_.database, migrations);
    await test_.database.session((session) => session.script(`set search_path = public; ${sql}`));
    const before = await readCatalogue(test_.database, 'public');
    await expect(migrateDown(test_.database, migrations)).rejects.toThrow(said);
    expect(compareCatalogues(before, await readCatalogue(test_.database, 'public'))).toEqual([]);
    expect((await migrationStatus(test_.database, migrations)).pending).toEqual([]);
  });

  test('the first one is never taken back, and without any there is nothing to do', async () => {
    expect(await migrateDown(test_.database, migrations)).toBeUndefined();
    await migrate(test_.database, migrations.slice(0, 1));
    await expect(migrateDown(test_.database, migrations)).rejects.toThrow('is the first');
  });

  test('one that ran before a rebase is taken back under its new name, and runs again', async () => {
    const { database } = test_;
    await migrate(database, migrations);
    const moved = migrations.map((item, index) =>
      index === 0 ? item : { ...item, id: `${item.id}0`, replaces: [item.id] },
    );
    await expect(migrateDown(database, moved)).rejects.toThrow('run migrate up first');
    await migrate(database, moved);
    expect(await migrateDown(database, moved)).toBe(moved[1]?.id);
    expect((await migrate(database, moved)).applied).toEqual([moved[1]?.id]);
  });
});

test('no text is cut on the way back, be it by blanks alone', async () => {
  const lead = (length: number): string => spec({ Lead: `fields:\n  name: { type: string, maxLength: ${length} }` });
  const lengthened = planSpecs(lead(10), lead(20)).migrations;
  const test_ = await openTestDatabase(undefined);
  try {
    const { database } = test_;
    await migrate(database, lengthened);
    await database.query({ text: "insert into leads (name) values ('ab' || repeat(' ', 11))", values: [] });
    await expect(migrateDown(database, lengthened)).rejects.toThrow('too long');
    await database.query({ text: 'update leads set name = left(name, 10)', values: [] });
    expect(await migrateDown(database, lengthened)).toBe(lengthened[1]?.id);
    const { rows } = await database.query({ text: 'select char_length(name) from leads', values: [] });
    expect(rows).toEqual([['10']]);
  } finally {
    await test_.close();
  }
});

test.each([
  ['drop field Prospect.note', AFTER.replace(/ +note: .*\n/, ''), ['prospects.note']],
  ['require field Prospect.score', AFTER.replace('min: 1, optional: true', 'min: 1'), ['prospects.score']],
  [
    'require field Guest.points',
    AFTER.replace('Prospect:', 'Guest:')
      .replace('was: Lead', 'was: Prospect')
      .replace('to: Prospect', 'to: Guest')
      .replace('score: { type: integer, min: 1, optional: true }', 'points: { type: integer, min: 1, was: score }')
      .replace('byScore: { fields: [score] }', 'byScore: { fields: [points] }')
      .replace('points: { type: integer, default: 0 }', 'score: { type: integer, default: 0, was: points }'),
    ['guests.points'],
  ],
])('what loses values has no way back, and its file says what it lost: %s', (line, text, lost) => {
  const head = line.startsWith('require')
    ? `migration:\n  backfill: { ${line.split(' ').at(-1)}: 1 }\n`
    : `migration:\n  allow: [${line}]\n`;
  const { migration, diagnostics } = planSpec(text.replace('entities:', `${head}entities:`), history);
  expect(diagnostics).toEqual([]);
  expect(migration?.down).toBeUndefined();
  expect(JSON.parse(migration?.json.text ?? '').lost).toEqual(lost);
});

test('a cast that has none to take it back is told by its column', () => {
  const lead = (type: string, head = ''): string => spec({ Lead: `fields:\n  day: { type: ${type} }` }, head);
  const notes = 'migration:\n  allow: [change field Lead.day]\n  cast: { Lead.day: { timeZone: UTC } }\n';
  const { plan } = planSpecs(lead('date'), lead('datetime', notes));
  expect(JSON.parse(plan.migration?.json.text ?? '').lost).toEqual(['leads.day']);
});

test('a way back that was edited is refused like every other file', () => {
  const edited = history.migrations.map((item) => ({ ...item, down: item.down && `${item.down} ` }));
  const { diagnostics } = planSpec(AFTER, { migrations: edited });
  expect(diagnostics).toMatchObject([{ code: 'SC4104' }]);
  expect(planSpec(AFTER, sealed(history, planSpec(AFTER, history))).diagnostics).toEqual([]);
});

test('there is a way back where what is changed links to a table that links on', async () => {
  const chain = (more: string): string =>
    spec({
      Visit: `fields:\n  hours: { type: integer }\n  bike: { type: reference, to: Bike }\n${more}`,
      Bike: 'fields:\n  owner: { type: reference, to: Owner }',
      Owner: 'fields:\n  name: { type: string }',
    });
  const { migration } = planSpecs(chain(''), chain('  memo: { type: text, optional: true }\n')).plan;
  expect(migration?.down?.text).toContain('drop column memo');
  expect(migration && (await proveOnEmbedded(migration.claim))).toEqual([]);
});

test.each([
  ['sequence: true', 'type: integer, default: 5', 'type: integer, sequence: true', 'check field Lead.score'],
  ['a default', 'type: integer, sequence: true', 'type: integer, default: 7', 'change field Lead.score'],
  ['text', 'type: integer, sequence: true', 'type: string', 'change field Lead.score, rewrite entity Lead'],
])('what numbers itself has no default, whichever way it goes: to %s', async (_, before, after, allowed) => {
  const specs = [before, after].map((field) =>
    spec({ Lead: `fields:\n  name: { type: string }\n  score: { ${field} }` }),
  );
  const [from = '', to = ''] = specs;
  const { migration } = planSpecs(from, `${to}migration: { allow: [${allowed}] }\n`).plan;
  expect(migration && (await proveOnEmbedded(migration.claim))).toEqual([]);
});

test('there is none where rows have another value of an enum in the place of theirs', () => {
  const state = (values: string): string => spec({ Work: `fields:\n  state: { type: enum, values: [${values}] }` });
  const head = 'migration: { values: { Work.state: { shown: stored } }, allow: [drop value Work.state.shown] }\n';
  const { migration } = planSpecs(state('stored, shown'), `${state('stored, a')}${head}`).plan;
  expect(migration?.down?.text).toBeUndefined();
  expect(migration?.json.text).toContain('work_state.shown');
});

test('it is proven, and one that lacks a statement is not', async () => {
  const claim = plan.migration?.claim;
  if (claim?.down === undefined) throw new TypeError('there is no way back');
  expect(await proveOnEmbedded(claim)).toEqual([]);
  const faulty = { ...claim, down: claim.down.replace(/alter table public\.leads drop column note;/, '') };
  expect((await proveOnEmbedded(faulty)).join()).toContain('the way back');
});
