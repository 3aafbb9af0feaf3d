import assert from 'node:assert/strict';
import { test } from './test.ts';
import type { Answer } from './api-client.ts';
import { assertProblem, assertStatus, shown, shownRow, textProperty } from './assert-answer.ts';
import { wholeRow, type SeededRow } from './seeded-row.ts';
import { allows, changeable, type FieldCase, type Json, type JsonObject } from './resource-case.ts';
import { breaksCheck, brokenChecks, isFrozen } from './row-checks.ts';
import { titled, type Suite } from './suite.ts';
import { noId, unknownId } from './row-ids.ts';

/** What a patch changes and what it leaves alone. */
export function testUpdate(suite: Suite): void {
  const { resource } = suite;
  const fields = changeable(resource).filter(({ key }) => resource.transitions[key] === undefined);
  for (const field of fields) {
    test(titled('update changes nothing else than', field.key), () => changeFields(suite, [field]));
    if (field.optional && !field.many)
      test(titled('update takes null', field.key), () => change(suite, { [field.key]: null }));
    for (const value of field.many ? [] : (field.enum ?? [])) {
      test(titled('update takes the value', `${field.key}=${value}`), () => change(suite, { [field.key]: value }));
    }
  }
  if (fields.length > 0) {
    test('update changes several fields together', () => changeFields(suite, fields));
  }
  if (resource.frozen !== undefined && fields.length > 0) {
    test('update refuses a frozen row', async () => {
      const row = await suite.fixtures.frozenRow(resource);
      await changeRow(suite, row, await suite.fixtures.body(resource, fields.slice(0, 1), 1));
    });
  }
  test('update without changes leaves the row as it is', () => changeNothing(suite));
  test('update keeps to the version in If-Match', () => matchVersions(suite, fields));
  test('update refuses an If-Match that is none', async () => {
    const row = await suite.fixtures.row(resource, 0);
    const headers = { 'if-match': 'one' };
    assertProblem(await suite.api.send('PATCH', `${resource.path}/${row.id}`, { body: {}, headers }), 400);
  });
  test('update answers 404 where there is no row', async () => {
    assertProblem(await suite.api.send('PATCH', `${resource.path}/${unknownId(resource)}`, { body: {} }), 404);
    const body = fields[0] === undefined ? {} : await suite.fixtures.body(resource, fields.slice(0, 1), 1);
    assertProblem(await suite.api.send('PATCH', `${resource.path}/${unknownId(resource)}`, { body }), 404);
  });
  test('update refuses what is no id', async () => {
    assertProblem(await suite.api.send('PATCH', `${resource.path}/${noId(resource)}`, { body: {} }), 422, {
      id: 'format',
    });
  });
}

async function change(suite: Suite, patch: JsonObject): Promise<void> {
  await changeRow(suite, await suite.fixtures.row(suite.resource, 0), patch);
}

async function changeFields(suite: Suite, fields: readonly FieldCase[]): Promise<void> {
  const { resource, fixtures } = suite;
  const row = await fixtures.row(resource, 0);
  // What the body links to may be listed by the row.
  const body = await fixtures.body(resource, fields, 1);
  await changeRow(suite, await fixtures.current(resource, row), body);
}

async function changeRow(suite: Suite, row: SeededRow, patch: JsonObject): Promise<void> {
  const { api, resource, fixtures } = suite;
  const answer = await api.send('PATCH', `${resource.path}/${row.id}`, { body: patch });
  const next = { ...wholeRow(row), ...patch };
  if (isFrozen(resource, wholeRow(row))) assertProblem(answer, 409);
  else if (breaksCheck(resource, next)) assertProblem(answer, 422, brokenChecks(resource, next));
  else await checkChanged(suite, answer, row, patch);
  const others = fixtures.seeded(resource).filter(({ id }) => id !== row.id);
  for (const other of others)
    assert.deepEqual(await fixtures.differences(resource, other.id, other.values), [], 'another row changed');
}

async function checkChanged(suite: Suite, answer: Answer, row: SeededRow, patch: JsonObject): Promise<void> {
  const { api, resource, fixtures } = suite;
  const values = { ...row.values, ...patch, ...(await fixtures.computed(resource, row.id)) };
  assert.deepEqual(await fixtures.differences(resource, row.id, values), [], 'columns that hold something else');
  assert.equal(answer.headers.get('etag'), await fixtures.etagAfter(resource, row, 1));
  if (!allows(resource, 'read')) {
    assertStatus(answer, 204);
    return;
  }
  assertStatus(answer, 200);
  const updatedAt = textProperty(answer.body, 'updatedAt');
  assert.notEqual(updatedAt, row.updatedAt);
  assert.deepEqual(answer.body, { id: row.id, ...shown(resource, values), createdAt: row.createdAt, updatedAt });
  const read = await api.send('GET', `${resource.path}/${row.id}`);
  assert.deepEqual(read.body, answer.body);
  assert.equal(read.headers.get('etag'), answer.headers.get('etag'));
}

async function changeNothing({ api, resource, fixtures }: Suite): Promise<void> {
  const row = await fixtures.row(resource, 0);
  const answer = await api.send('PATCH', `${resource.path}/${row.id}`, { body: {} });
  assertStatus(answer, allows(resource, 'read') ? 200 : 204);
  assert.equal(answer.headers.get('etag'), `"${row.version}"`);
  if (allows(resource, 'read')) assert.deepEqual(answer.body, shownRow(resource, row));
}

async function matchVersions(suite: Suite, fields: readonly FieldCase[]): Promise<void> {
  const { api, resource, fixtures } = suite;
  const first = await fixtures.row(resource, 0);
  const path = `${resource.path}/${first.id}`;
  if (isFrozen(resource, wholeRow(first))) return;
  const body = await allowedChange(suite, first, fields);
  const row = await fixtures.current(resource, first);
  const stale = `"${Number(row.version) + 1}"`;
  assertProblem(await api.send('PATCH', path, { body, headers: { 'if-match': stale } }), 412);
  assertProblem(await api.send('PATCH', path, { body: {}, headers: { 'if-match': stale } }), 412);
  assert.deepEqual(await fixtures.differences(resource, row.id, row.values), []);
  const done = await api.send('PATCH', path, { body, headers: { 'if-match': `${stale}, "${row.version}"` } });
  assertStatus(done, allows(resource, 'read') ? 200 : 204);
  if (Object.keys(body).length > 0)
    assertProblem(await api.send('PATCH', path, { body, headers: { 'if-match': `"${row.version}"` } }), 412);
}

/** Another value for the first field whose change no check refuses; no change where there is none. */
async function allowedChange(
  { resource, fixtures }: Suite,
  row: SeededRow,
  fields: readonly FieldCase[],
): Promise<JsonObject> {
  for (const field of fields) {
    const body = await fixtures.body(resource, [field], 1);
    if (!breaksCheck(resource, { ...wholeRow(row), ...body })) return body;
  }
  return {};
}

/** A value that no field has yet, for refusals. */
export function anyValue({ values, to }: FieldCase): Json {
  return to === undefined ? (values[1] ?? values[0] ?? null) : unknownId({});
}
