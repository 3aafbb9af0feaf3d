import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { compareCatalogues } from '../../runtime/migrations/catalogue/compare-catalogues.ts';
import { describeDifference } from '../../runtime/migrations/catalogue/describe-difference.ts';
import { readCatalogue } from '../../runtime/migrations/catalogue/read-catalogue.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import type { Migration } from '../../runtime/migrations/migration.ts';
import { openTestDatabase, type TestDatabase } from '../migrations/databases.ts';
import { writeTree } from '../output/temporary-folder.ts';
import { planSpecs, spec } from '../migrations/plan-spec.ts';
import { Project } from './branching.ts';

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase(undefined);
});
beforeEach(() => opened.reset());
afterAll(() => opened.close());

const lead = (...fields: readonly string[]): string =>
  spec({ Lead: ['fields:', '  name: { type: string }', ...fields.map((field) => `  ${field}`)].join('\n') });

const NOTES = 'notes: { type: text, optional: true }';
const SCORE = 'score: { type: integer, default: 0, min: 0 }';
const STAGE = (...values: readonly string[]): string =>
  `stage: { type: enum, values: [${values.join(', ')}], default: open }`;

/** A project whose branches start at the same migration, each with specs of its own, one after another. */
async function branches(
  base: string,
  others: Readonly<Record<string, readonly string[]>>,
  isWhole = false,
): Promise<Project> {
  const project = new Project(base, isWhole);
  await project.commit();
  for (const [name, specs] of Object.entries(others)) await project.branch(name, 'main', ...specs);
  return project;
}

/** What a database that ran some migrations one after another differs in from a fresh one of a spec. */
async function differencesAfter(text: string, ...runs: readonly (readonly Migration[])[]): Promise<readonly string[]> {
  await opened.reset();
  for (const run of runs) await migrate(opened.database, run);
  const replayed = await readCatalogue(opened.database, 'public');
  await opened.reset();
  await migrate(opened.database, planSpecs(text).migrations);
  return compareCatalogues(await readCatalogue(opened.database, 'public'), replayed).map(describeDifference);
}

test('two branches that add different fields: one command puts the second on top of the first', async () => {
  const project = await branches(lead(), { theirs: [lead(NOTES)], mine: [lead(SCORE)] }, true);
  const before = project.migrations();
  const both = lead(NOTES, SCORE);
  const unmerged = project.merge('theirs', both);
  expect(unmerged).toContain('app.yaml');
  expect(unmerged.filter((name) => /migrations\/\d/.test(name))).toEqual([]);
  const [found] = await project.check();
  expect(found).toMatchObject({ code: 'SC4106', message: expect.stringContaining('both touch table leads') });
  expect((await project.build()).map(({ code }) => code)).toEqual(['SC4106']);

  const { data, diagnostics } = await project.rebase();
  expect(diagnostics).toEqual([]);
  expect(data).toMatchObject({ dropped: [], rebased: [{ replaces: before[1]?.id }] });
  await project.commit();
  expect(project.git('status', '--porcelain')).toBe('');
  const after = project.migrations();
  expect(after).toHaveLength(3);
  expect(after[2]).toMatchObject({ parent: after[1]?.id, replaces: [before[1]?.id], sql: before[1]?.sql });
  expect(await project.build()).toEqual([]);
  expect(await differencesAfter(both, after)).toEqual([]);
  expect(await differencesAfter(both, before, after)).toEqual([]);
  expect(await differencesAfter(both, after.slice(0, 2), after)).toEqual([]);
});

test('the same is put out whenever and wherever it is rebased, and again after another branch', async () => {
  const make = async (): Promise<Project> => {
    const project = await branches(lead(), {
      theirs: [lead(NOTES)],
      mine: [lead(SCORE), lead(SCORE, 'b: { type: date, optional: true }')],
    });
    project.merge('theirs', lead(NOTES, SCORE, 'b: { type: date, optional: true }'));
    await project.rebase();
    await project.commit();
    return project;
  };
  const [project, other] = [await make(), await make()];
  const once = project.migrations();
  expect(once).toEqual(other.migrations());
  expect(once).toHaveLength(4);
  await project.branch('third', 'theirs', lead(NOTES, 'c: { type: date, optional: true }'));
  project.git('checkout', '-q', 'mine');
  project.merge('third', lead(NOTES, SCORE, 'b: { type: date, optional: true }', 'c: { type: date, optional: true }'));
  await project.rebase({ onto: 'third' });
  await project.commit();
  const twice = project.migrations();
  expect(twice).toHaveLength(5);
  expect(twice[3]?.replaces).toEqual([once[2]?.id, ...(once[2]?.replaces ?? [])]);
  expect(await differencesAfter(project.spec(), once, twice)).toEqual([]);
});

/** Whose deleted rows are kept by a function that names every column. */
const kept = (...fields: readonly string[]): string =>
  lead(...fields).replace('fields:', 'softDelete: true\n    fields:');
const OPTIONAL = (name: string): string => `${name}: { type: string, optional: true }`;

test('two branches that add fields to rows that are kept when deleted: both are kept', async () => {
  const [a, b, c] = [OPTIONAL('a'), OPTIONAL('b'), OPTIONAL('c')];
  const project = await branches(kept(), { theirs: [kept(a)], mine: [kept(b), kept(b, c)] });
  const before = project.migrations();
  project.merge('theirs', kept(a, b, c));
  expect((await project.check())[0]?.message).not.toContain("get in each other's way");
  const { data, diagnostics } = await project.rebase();
  expect(diagnostics).toEqual([]);
  expect(data).toMatchObject({ dropped: [], rebased: [{ replaces: before[1]?.id }, { replaces: before[2]?.id }] });
  await project.commit();
  const after = project.migrations();
  expect(after).toHaveLength(5);
  for (const { sql } of after.slice(1, 4)) expect(sql).toMatch(/old\.a,\n {2}(?!old)/);
  expect(after[4]?.sql).toMatch(/old\.a,\n *old\.b,\n *old\.c,\n/);
  for (const ran of [[], before.slice(0, 2), before, after.slice(0, 2)])
    expect(await differencesAfter(kept(a, b, c), ran, after)).toEqual([]);
});

test("where a column goes that the function of the other branch reads, the two are in each other's way", async () => {
  const [a, b] = [OPTIONAL('a'), OPTIONAL('b')];
  const gone = kept().replace('entities:', 'migration:\n  allow: [drop field Lead.b]\nentities:');
  const project = await branches(kept(b), { theirs: [kept(a, b)], mine: [gone] });
  project.merge('theirs', kept(a));
  const { diagnostics } = await project.rebase();
  expect(diagnostics[0]).toMatchObject({ code: 'SC4907', message: expect.stringContaining('function leads_archive') });
});

test('two branches that add the same field the same way: nothing is left of the second', async () => {
  const project = await branches(lead(), {
    theirs: [lead(NOTES, SCORE)],
    mine: [lead(NOTES)],
    same: [lead(NOTES, SCORE)],
  });
  const theirs = project.migrations();
  expect(project.merge('theirs', lead(NOTES, SCORE))).toEqual([]);
  expect(await project.check()).toEqual([]);
  project.git('checkout', '-q', 'mine');
  const [, mine] = project.migrations();
  project.merge('theirs', lead(NOTES, SCORE));
  expect((await project.rebase()).data).toMatchObject({ rebased: [], dropped: [mine?.id] });
  await project.commit();
  expect(project.migrations()).toEqual(theirs);
  expect(await project.build()).toEqual([]);
  expect(project.git('status', '--porcelain')).toBe('');
});

test('two branches that add one field in two ways: refused with both files and the column, then planned anew', async () => {
  const other = 'notes: { type: string, maxLength: 9, optional: true }';
  const project = await branches(lead(), { theirs: [lead(NOTES)], mine: [lead(other, SCORE)] });
  const [, mine] = project.migrations();
  project.merge('theirs', lead(NOTES, SCORE));
  expect((await project.check())[0]?.message).toContain(
    'get in each other’s way at column leads.notes'.replace('’', "'"),
  );
  const files = project.files();
  const { diagnostics } = await project.rebase();
  expect(diagnostics).toMatchObject([
    { code: 'SC4907', message: expect.stringMatching(/0002_\w+" and "0002_\w+" .* column leads.notes/) },
  ]);
  expect(project.files()).toEqual(files);
  expect((await project.rebase({ replan: true })).data).toMatchObject({ rebased: [], dropped: [mine?.id] });
  await project.commit();
  expect(project.migrations()).toHaveLength(3);
  expect(await differencesAfter(lead(NOTES, SCORE), project.migrations())).toEqual([]);
});

const SHORT = 'notes: { type: string, maxLength: 9, optional: true }';
const LONGER = 'notes: { type: string, maxLength: 20, optional: true }';
const RENAMED = 'remarks: { type: string, maxLength: 9, optional: true, was: notes }';
const DROPPED = lead().replace('entities:', 'migration:\n  allow: [drop field Lead.notes]\nentities:');

test.each([
  ['renames a field, and one that edits it', lead(RENAMED), lead(LONGER), RENAMED.replace('9', '20'), 3],
  ['drops a field, and one that edits it', DROPPED, lead(LONGER), undefined, 2],
  ['renames a field, and one that drops it', lead(RENAMED), DROPPED, RENAMED, 2],
  [
    'renames a field, and one that names it otherwise',
    lead(RENAMED),
    lead(RENAMED.replace('remarks', 'text')),
    RENAMED,
    2,
  ],
])(
  'a branch that %s: refused with both files and the column, then planned anew',
  async (_, theirs, mine, field, count) => {
    const project = await branches(lead(SHORT), { theirs: [theirs], mine: [mine] });
    const [, first] = project.migrations();
    const merged = field === undefined ? lead() : lead(field);
    project.merge('theirs', merged);
    const files = project.files();
    expect((await project.rebase()).diagnostics).toMatchObject([
      { code: 'SC4907', message: expect.stringMatching(/0002_\w+" and "0002_\w+" .* column leads.notes/) },
    ]);
    expect(project.files()).toEqual(files);
    expect((await project.rebase({ replan: true })).data).toMatchObject({ rebased: [], dropped: [first?.id] });
    await project.commit();
    expect(project.migrations()).toHaveLength(count);
    expect(await differencesAfter(merged, project.migrations())).toEqual([]);
  },
);

test('two branches that rename one field alike: nothing is left of the second, and its rows are there', async () => {
  const project = await branches(lead(SHORT), { theirs: [lead(RENAMED, SCORE)], mine: [lead(RENAMED)] });
  const [, mine] = project.migrations();
  project.merge('theirs', lead(RENAMED, SCORE));
  expect((await project.rebase()).data).toMatchObject({ rebased: [], dropped: [mine?.id] });
  await project.commit();
  const merged = project.migrations();
  await opened.reset();
  await migrate(opened.database, merged.slice(0, 1));
  await opened.database.query({ text: "insert into leads (name, notes) values ('a', 'kept')", values: [] });
  await migrate(opened.database, merged);
  const { rows } = await opened.database.query({ text: 'select remarks from leads', values: [] });
  expect(rows).toEqual([['kept']]);
});

test.each([
  ['theirs first', ['open', 'theirs', 'mine']],
  ['mine first', ['open', 'mine', 'theirs']],
])('two branches that add a value to one enum: the merged spec says the order, %s', async (_, values) => {
  const project = await branches(lead(STAGE('open')), {
    theirs: [lead(STAGE('open', 'theirs'))],
    mine: [lead(STAGE('open', 'mine'))],
  });
  const before = project.migrations();
  const merged = lead(STAGE(...values));
  project.merge('theirs', merged);
  const { data } = await project.rebase();
  expect(data).toMatchObject({ rebased: [{ replaces: before[1]?.id }] });
  await project.commit();
  const after = project.migrations();
  expect(after).toHaveLength(3);
  expect(await differencesAfter(merged, after)).toEqual([]);
  await opened.reset();
  await migrate(opened.database, before);
  expect((await migrate(opened.database, after)).applied).toEqual([after[1]?.id]);
});

test('three branches become one line, whichever way they are merged', async () => {
  const third = 'third: { type: date, optional: true }';
  const make = (): Promise<Project> => branches(lead(), { a: [lead(NOTES)], b: [lead(SCORE)], c: [lead(third)] });
  const project = await make();
  project.git('checkout', '-q', 'main');
  for (const [branch, text] of [
    ['a', lead(NOTES)],
    ['b', lead(NOTES, SCORE)],
    ['c', lead(NOTES, SCORE, third)],
  ] as const) {
    project.merge(branch, text);
    await project.rebase();
    await project.commit();
  }
  expect(project.migrations()).toHaveLength(4);
  const all = lead(NOTES, SCORE, third);
  expect(await differencesAfter(all, project.migrations())).toEqual([]);

  const atOnce = await make();
  atOnce.git('checkout', '-q', 'a');
  atOnce.git('commit', '-q', '--no-verify', '--allow-empty', '-m', 'kept as it is');
  atOnce.merge('b', lead(NOTES, SCORE));
  atOnce.git('add', '-A');
  atOnce.git('commit', '-q', '-m', 'two heads');
  atOnce.merge('c', all);
  expect((await atOnce.check()).map(({ code }) => code)).toEqual(['SC4106', 'SC4106']);
  await atOnce.rebase({ onto: ':/kept as it is' });
  await atOnce.commit();
  expect(atOnce.migrations()).toHaveLength(4);
  expect(await differencesAfter(all, atOnce.migrations())).toEqual([]);
});

test('whose migrations stay is found in the main branch, and asked for where git does not tell', async () => {
  const project = await branches(lead(), { theirs: [lead(NOTES)], mine: [lead(SCORE)] });
  project.git('checkout', '-q', 'main');
  await project.commit(lead('c: { type: date, optional: true }'));
  const [, theirs] = project.migrations();
  project.git('checkout', '-q', 'mine');
  project.merge('main', lead(SCORE, 'c: { type: date, optional: true }'));
  await project.rebase();
  expect(project.migrations()[1]).toEqual(theirs);
  expect((await project.rebase()).summary).toContain('nothing to rebase');
  await project.commit();
  project.merge('theirs', lead(SCORE, NOTES, 'c: { type: date, optional: true }'));
  const message = expect.stringContaining('git knows no commit "nowhere" that has exactly one of the heads');
  expect((await project.rebase({ onto: 'nowhere' })).diagnostics).toMatchObject([{ code: 'SC4906', message }]);
});

const LINKED = (list: string, target = 'Tag', was = ''): string =>
  spec({
    Lead: `fields:\n  name: { type: string }\n  ${list}: { type: references, to: ${target}, inverse: leads${list === 'tags' ? '' : ', was: tags'} }`,
    [target]: `${was}fields:\n  word: { type: string }`,
  });

test('a list of links is renamed on one branch, and what it leads to on the other: planned anew', async () => {
  const project = await branches(LINKED('tags'), {
    theirs: [LINKED('tags', 'Word', 'was: Tag\n')],
    mine: [LINKED('labels')],
  });
  const before = project.migrations();
  const both = LINKED('labels', 'Word', 'was: Tag\n');
  project.merge('theirs', both);
  // What keeps the list reads what it leads to, by its name.
  expect((await project.rebase()).diagnostics).toMatchObject([
    { code: 'SC4907', message: expect.stringContaining('function _leads_tags_pairs') },
  ]);
  expect((await project.rebase({ replan: true })).data).toMatchObject({ rebased: [], dropped: [before[1]?.id] });
  await project.commit();
  expect(await project.build()).toEqual([]);
  expect(await differencesAfter(both, project.migrations())).toEqual([]);
});

test('files of another history are told as what they are, and not as one head', async () => {
  const project = await branches(lead(), { mine: [lead(SCORE)] });
  const other = await branches(lead(NOTES), { mine: [lead(NOTES, SCORE)] });
  const foreign = other.migrations()[1];
  const copy = (): void => {
    for (const end of ['sql', 'json']) {
      const name = `backend/migrations/${foreign?.id}.${end}`;
      writeTree(project.root, { [name]: readFileSync(join(other.root, name), 'utf8') });
    }
  };
  copy();
  expect((await project.rebase()).summary).toContain(`no part of the history yet: ${foreign?.id}`);
  project.git('add', '-A');
  project.git('commit', '-q', '--no-verify', '-m', 'copied');
  expect((await project.rebase()).diagnostics).toMatchObject([
    { code: 'SC4105', file: expect.stringContaining(`${foreign?.id}.json`) },
  ]);
});
