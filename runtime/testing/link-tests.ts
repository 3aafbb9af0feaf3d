import assert from 'node:assert/strict';
import { test } from './test.ts';
import type { Answer, Method } from './api-client.ts';
import { assertProblem, assertStatus, property } from './assert-answer.ts';
import { allows, changeable, type FieldCase, type Json } from './resource-case.ts';
import { breaksCheck, isFrozen } from './row-checks.ts';
import { wholeRow, type SeededRow } from './seeded-row.ts';
import { titled, type Suite } from './suite.ts';
import { anotherSpelling, noId, targetOf, unknownId } from './row-ids.ts';

/** What the routes to one link of a row change. */
export function testLinks(suite: Suite): void {
  for (const field of changeable(suite.resource).filter(({ path }) => path !== undefined)) {
    test(titled('link puts a row on the list once', field.key), () => linkOnce(suite, field));
    test(titled('unlink takes a row off the list', field.key), () => unlink(suite, field));
    test(titled('link and unlink keep to the version in If-Match', field.key), () => matchVersions(suite, field));
    test(titled('link and unlink answer 404 where there is no row', field.key), () => refuseMissing(suite, field));
    if (!field.single) test(titled('link loses nothing beside others', field.key), () => linkTogether(suite, field));
  }
}

const METHODS = ['PUT', 'DELETE'] as const;

function idsIn(row: SeededRow, { key }: FieldCase): readonly string[] {
  const value = row.values[key];
  return Array.isArray(value) ? value.map(String) : [];
}

/** The row without links, and rows to link to; undefined where a rule of its own stands in the way. */
async function ground({ resource, fixtures }: Suite, field: FieldCase, index = 0) {
  const row = await fixtures.row(resource, index, { [field.key]: [] });
  const target = fixtures.values.resource(field.links ?? '');
  if (isFrozen(resource, wholeRow(row)) || !fixtures.values.isSeedable(target)) return undefined;
  const others: string[] = [];
  for (let other = 1; other < Math.min(4, fixtures.values.capacity(target)); other += 1)
    others.push((await fixtures.row(target, other)).id);
  const breaks = others.some((id) => breaksCheck(resource, { ...wholeRow(row), [field.key]: [id] }));
  // Those that were made since may link to it.
  return breaks || others.length === 0 ? undefined : { row: await fixtures.current(resource, row), others };
}

function send({ api, resource }: Suite, method: Method, id: string, field: FieldCase, other: string, ifMatch?: string) {
  const headers = ifMatch === undefined ? {} : { 'if-match': ifMatch };
  return api.send(method, `${resource.path}/${id}/${field.path}/${other}`, { headers });
}

/** That the list has the ids after so many changes of its row. */
async function assertChanged(
  { resource, fixtures }: Suite,
  answer: Answer,
  { key }: FieldCase,
  ids: readonly Json[],
  row: SeededRow,
  changes: number,
): Promise<void> {
  assertStatus(answer, allows(resource, 'read') ? 200 : 204);
  if (allows(resource, 'read')) assert.deepEqual(property(answer.body, key), ids);
  assert.equal(answer.headers.get('etag'), await fixtures.etagAfter(resource, row, changes));
}

async function linkOnce(suite: Suite, field: FieldCase): Promise<void> {
  const { row, others: [first = '', second] = [] } = (await ground(suite, field)) ?? {};
  if (row === undefined) return;
  await assertChanged(suite, await send(suite, 'PUT', row.id, field, first), field, [first], row, 1);
  await assertChanged(
    suite,
    await send(suite, 'PUT', row.id, field, anotherSpelling(targetOf(field, suite.resources), first)),
    field,
    [first],
    row,
    1,
  );
  if (second === undefined) return;
  const more = await send(suite, 'PUT', row.id, field, second);
  if (field.single) assertProblem(more, 409);
  else await assertChanged(suite, more, field, [first, second], row, 2);
}

async function unlink(suite: Suite, field: FieldCase): Promise<void> {
  const { row, others: [first = ''] = [] } = (await ground(suite, field)) ?? {};
  if (row === undefined) return;
  await assertChanged(suite, await send(suite, 'DELETE', row.id, field, first), field, [], row, 0);
  await assertChanged(suite, await send(suite, 'PUT', row.id, field, first), field, [first], row, 1);
  await assertChanged(suite, await send(suite, 'DELETE', row.id, field, first), field, [], row, 2);
}

async function matchVersions(suite: Suite, field: FieldCase): Promise<void> {
  const { row, others: [first = ''] = [] } = (await ground(suite, field)) ?? {};
  if (row === undefined) return;
  const stale = `"${Number(row.version) + 1}"`;
  for (const method of METHODS) assertProblem(await send(suite, method, row.id, field, first, stale), 412);
  assertProblem(await send(suite, 'PUT', row.id, field, first, 'one'), 400);
  const done = await send(suite, 'PUT', row.id, field, first, `"${row.version}"`);
  await assertChanged(suite, done, field, [first], row, 1);
}

async function refuseMissing(suite: Suite, field: FieldCase): Promise<void> {
  const { resource, resources } = suite;
  const target = targetOf(field, resources);
  for (const method of METHODS) {
    assertProblem(await send(suite, method, unknownId(resource), field, unknownId(target)), 404);
    assertProblem(await send(suite, method, noId(resource), field, unknownId(target)), 422, { id: 'format' });
    assertProblem(await send(suite, method, unknownId(resource), field, noId(target)), 422);
  }
  const { row } = (await ground(suite, field)) ?? {};
  if (row === undefined) return;
  assertProblem(await send(suite, 'PUT', row.id, field, unknownId(target)), 404);
  assert.deepEqual(await suite.fixtures.differences(resource, row.id, { [field.key]: idsIn(row, field) }), []);
}

async function linkTogether(suite: Suite, field: FieldCase): Promise<void> {
  const { row, others = [] } = (await ground(suite, field)) ?? {};
  if (row === undefined) return;
  const answers = await Promise.all(others.map((other) => send(suite, 'PUT', row.id, field, other)));
  for (const answer of answers) assertStatus(answer, allows(suite.resource, 'read') ? 200 : 204);
  const again = await send(suite, 'PUT', row.id, field, others[0] ?? '');
  assert.equal(again.headers.get('etag'), await suite.fixtures.etagAfter(suite.resource, row, others.length));
}
