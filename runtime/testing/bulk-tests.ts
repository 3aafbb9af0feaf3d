import assert from 'node:assert/strict';
import { test } from './test.ts';
import type { Answer } from './api-client.ts';
import { assertProblem, assertStatus, property, textProperty, withoutParts } from './assert-answer.ts';
import { ROWS, uniquesOf } from './fixture-values.ts';
import { allows, changeable, creatable, created, type JsonObject, type ResourceCase } from './resource-case.ts';
import { breaksCheck, isFrozen } from './row-checks.ts';
import { UNKNOWN_KEY, type Suite } from './suite.ts';
import { lonelyRow } from './lonely-row.ts';
import { unknownId } from './row-ids.ts';

/** What requests about several rows do: all of it, or nothing. */
export function testBulk(suite: Suite): void {
  const { resource } = suite;
  if (resource.bulk === undefined) return;
  if (allows(resource, 'create')) testBulkCreate(suite, resource.bulk);
  if (allows(resource, 'update')) testBulkUpdate(suite);
  if (allows(resource, 'delete')) testBulkDelete(suite);
}

function testBulkCreate(suite: Suite, most: number): void {
  const { resource, fixtures } = suite;
  test('bulk create makes all rows', async () => {
    const bodies = await bodiesOf(suite);
    if (bodies.some((body) => breaksCheck(resource, created(resource, body)))) return;
    const before = await fixtures.count(resource);
    const answer = await send(suite, 'create', bodies);
    assertStatus(answer, 201);
    assert.equal(await fixtures.count(resource), before + bodies.length);
    const rows = listIn(answer.body, 'data');
    for (const [index, body] of bodies.entries()) {
      const id = String(property(rows[index], 'id'));
      assert.deepEqual(await fixtures.differences(resource, id, body), []);
    }
    if (allows(resource, 'read')) await checkReadBack(suite, answer, bodies.length);
  });
  test('bulk create makes no row where one is refused', async () => {
    const [body = {}] = await bodiesOf(suite);
    const before = await fixtures.count(resource);
    const answer = await send(suite, 'create', [body, { ...body, [UNKNOWN_KEY]: 1 }].slice(-Math.min(2, most)));
    assertProblem(answer, 422, { [`/data/${Math.min(2, most) - 1}/${UNKNOWN_KEY}`]: 'unknown' });
    assert.equal(await fixtures.count(resource), before);
  });
  test('bulk create refuses more rows than it takes, and none', async () => {
    const many = Array.from({ length: most + 1 }, () => ({ [UNKNOWN_KEY]: 1 }));
    assertProblem(await send(suite, 'create', many), 422);
    assertProblem(await send(suite, 'create', []), 422, { '/data': 'minItems' });
  });
}

function testBulkUpdate(suite: Suite): void {
  const { resource, fixtures } = suite;
  test('bulk update changes all rows', async () => {
    const rows = (await fixtures.rows(resource)).slice(0, resource.bulk);
    const [field] = changeable(resource).filter(
      ({ key, writeOnly }) => !writeOnly && resource.transitions[key] === undefined,
    );
    if (field === undefined || rows.some(({ values }) => isFrozen(resource, values))) return;
    const data = rows.map(({ id, version, values }) => ({
      id,
      ifMatch: `"${version}"`,
      set: { [field.key]: values[field.key] ?? null },
    }));
    const answer = await send(suite, 'update', data);
    assertStatus(answer, allows(resource, 'read') ? 200 : 204);
    for (const { id, values } of rows) assert.deepEqual(await fixtures.differences(resource, id, values), []);
    if (!allows(resource, 'read')) return;
    assert.deepEqual(
      listIn(answer.body, 'data').map((row) => property(row, 'id')),
      rows.map(({ id }) => id),
    );
    await checkReadBack(suite, answer, rows.length);
    assertProblem(await send(suite, 'update', data), 412);
  });
  test('bulk update refuses a row that is not there, and one named twice', async () => {
    const missing = { id: unknownId(resource), set: {} };
    assertProblem(await send(suite, 'update', [missing]), 404, { '/data/0/id': 'missing' });
    if (resource.bulk !== 1)
      assertProblem(await send(suite, 'update', [missing, missing]), 422, { '/data/1/id': 'repeated' });
  });
}

function testBulkDelete(suite: Suite): void {
  const { resource, fixtures } = suite;
  test('bulk delete takes all rows or none', async () => {
    const rows = await fixtures.rows(resource);
    const last = lonelyRow(suite, rows);
    if (last === undefined || isFrozen(resource, last.values)) return;
    if (resource.bulk !== 1) {
      const answer = await send(suite, 'delete', [{ id: last.id }, { id: unknownId(resource) }]);
      assertProblem(answer, 404, { '/data/1/id': 'missing' });
      assert.equal(await fixtures.count(resource), rows.length);
    }
    assertStatus(await send(suite, 'delete', [{ id: last.id, ifMatch: `"${last.version}"` }]), 204);
    assert.equal(await fixtures.count(resource), rows.length - 1);
  });
}

/** That each row of an answer is as it is read after that, and so is its ETag. */
async function checkReadBack({ api, resource }: Suite, { body }: Answer, count: number): Promise<void> {
  const [rows, etags] = [listIn(body, 'data'), listIn(body, 'etags')];
  assert.deepEqual([rows.length, etags.length], [count, count]);
  for (const [index, row] of rows.entries()) {
    const read = await api.send('GET', `${resource.path}/${textProperty(row, 'id')}`);
    assert.deepEqual(withoutParts(resource, row), read.body);
    assert.equal(etags[index], read.headers.get('etag'));
  }
}

function send({ api, resource }: Suite, operation: 'create' | 'update' | 'delete', data: readonly JsonObject[]) {
  return api.send('POST', `${resource.path}/bulk-${operation}`, { body: { data } });
}

async function bodiesOf({ resource, fixtures }: Suite): Promise<readonly JsonObject[]> {
  const count = Math.min(ROWS, fixtures.values.capacity(resource), resource.bulk ?? 1);
  const bodies: JsonObject[] = [];
  for (let index = 0; index < count; index++) {
    // In a circle of references a body before this one may have led to the very row of this index.
    if (fixtures.isFree(resource, index)) bodies.push(await fixtures.newBody(resource, creatable(resource), index));
  }
  return bodies.filter((body, index) => !bodies.slice(0, index).some((other) => sharesUnique(resource, body, other)));
}

/** Whether a rule would not let both be: bodies that are made one by one may point to one row. */
function sharesUnique(resource: ResourceCase, one: JsonObject, other: JsonObject): boolean {
  const text = (body: JsonObject, keys: readonly string[]): string =>
    JSON.stringify(keys.map((key) => created(resource, body)[key] ?? null)).toLowerCase();
  return uniquesOf(resource).some((keys) => text(one, keys) === text(other, keys));
}

function listIn(body: unknown, key: string): readonly unknown[] {
  const list = property(body, key);
  return Array.isArray(list) ? list : [];
}
