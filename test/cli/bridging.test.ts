import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bridgeDatabase } from '../../compiler/cli/bridge-database.ts';
import { readHistory } from '../../compiler/cli/read-history.ts';
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import type { Text } from '../../runtime/database/database.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { openTestDatabase, type TestDatabase } from '../migrations/databases.ts';
import { spec } from '../migrations/plan-spec.ts';
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
const DAY = 'day: { type: date, optional: true }';

/** A database that ran the migrations of `mine`, with a row; and the project once that was rebased on `theirs`. */
async function rebased(
  theirs: readonly string[],
  mine: readonly string[],
  merged: string,
  replan = false,
): Promise<Project> {
  const project = new Project(lead('phone: { type: string, optional: true }'), false);
  await project.commit();
  await project.branch('theirs', 'main', ...theirs);
  await project.branch('mine', 'main', ...mine);
  await migrate(opened.database, project.migrations());
  project.merge('theirs', merged);
  await project.rebase({ replan });
  await project.commit();
  return project;
}

function bridge(project: Project): Promise<readonly Diagnostic[]> {
  const { history, leftOut } = readHistory(project.backend, 'backend', false);
  const backend = { migrations: project.migrations(), history, leftOut };
  return bridgeDatabase(backend, opened.database, { folder: 'backend', options: {} });
}

async function query(text: string): Promise<readonly (readonly Text[])[]> {
  return (await opened.database.query({ text, values: [] })).rows;
}

const PHONE = 'phone: { type: string, optional: true }';

test.each([
  ['less than theirs', [lead(PHONE, NOTES, SCORE)], [lead(PHONE, NOTES)], lead(PHONE, NOTES, SCORE)],
  ['part of theirs', [lead(PHONE, NOTES, DAY)], [lead(PHONE, NOTES, SCORE)], lead(PHONE, NOTES, SCORE, DAY)],
  [
    'part of theirs in several migrations',
    [lead(PHONE, NOTES), lead(PHONE, NOTES, DAY)],
    [lead(PHONE, SCORE), lead(PHONE, NOTES, SCORE)],
    lead(PHONE, NOTES, SCORE, DAY),
  ],
])('a database that ran what a rebase left out goes on with its values: %s', async (_, theirs, mine, merged) => {
  const project = await rebased(theirs, mine, merged);
  await query("insert into leads (name, notes) values ('a', 'kept')");
  await expect(migrate(opened.database, project.migrations())).rejects.toMatchObject({ reason: 'unknown-applied' });
  expect(await bridge(project)).toEqual([]);
  expect(await migrate(opened.database, project.migrations())).toEqual({ applied: [] });
  expect(await query('select name, notes from leads')).toEqual([['a', 'kept']]);
  expect(await bridge(project)).toEqual([]);
  await project.commit(
    merged.replace(NOTES, 'notes: { type: text, optional: true }\n      more: { type: date, optional: true }'),
  );
  expect((await migrate(opened.database, project.migrations())).applied).toHaveLength(1);
});

test('where both named one field their own way, the refusal says what to do', async () => {
  const [tel, mobile] = ['tel', 'mobile'].map((name) => lead(`${name}: { type: string, optional: true, was: phone }`));
  const project = await rebased([tel ?? ''], [mobile ?? ''], tel ?? '', true);
  expect(await bridge(project)).toMatchObject([
    { code: 'SC4910', message: expect.stringMatching(/0002_\w+" was run .* run migrate baseline/) },
  ]);
});

test('where the merged spec takes mine, nothing is left to do', async () => {
  const [tel, mobile] = ['tel', 'mobile'].map((name) => lead(`${name}: { type: string, optional: true, was: phone }`));
  const merged = lead('mobile: { type: string, optional: true, was: tel }');
  const project = await rebased([tel ?? ''], [mobile ?? ''], merged, true);
  await query("insert into leads (name, mobile) values ('a', '1')");
  expect(await bridge(project)).toEqual([]);
  expect(await migrate(opened.database, project.migrations())).toEqual({ applied: [] });
  expect(await query('select mobile from leads')).toEqual([['1']]);
});

test('a database that did not run it is left alone', async () => {
  const project = await rebased([lead(PHONE, NOTES, SCORE)], [lead(PHONE, NOTES)], lead(PHONE, NOTES, SCORE));
  await opened.reset();
  expect(await bridge(project)).toEqual([]);
  expect((await migrate(opened.database, project.migrations())).applied).toHaveLength(2);
});
