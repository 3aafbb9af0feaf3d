import assert from 'node:assert/strict';
import { test } from './test.ts';
import { assertProblem, assertStatus, property } from './assert-answer.ts';
import { allows, type FieldCase, type ResourceCase } from './resource-case.ts';
import { isFrozen } from './row-checks.ts';
import { wholeRow } from './seeded-row.ts';
import { titled, type Suite } from './suite.ts';
import { lonelyRow } from './lonely-row.ts';
import { noId, unknownId } from './row-ids.ts';

/** What a delete takes with it. */
export function testDelete(suite: Suite): void {
  const { api, resource, fixtures } = suite;
  test('delete takes one row, once', async () => {
    const rows = await fixtures.rows(resource);
    const last = lonelyRow(suite, rows);
    const path = `${resource.path}/${last?.id}`;
    const deleted = await api.send('DELETE', path);
    if (last !== undefined && isFrozen(resource, wholeRow(last))) return assertProblem(deleted, 409);
    assertStatus(deleted, 204);
    assert.equal(deleted.text, '');
    assert.equal(await fixtures.count(resource), rows.length - 1);
    if (allows(resource, 'read')) assertProblem(await api.send('GET', path), 404);
    assertProblem(await api.send('DELETE', path), 404);
  });
  if (resource.frozen !== undefined) {
    test('delete refuses a frozen row', async () => {
      const row = await fixtures.frozenRow(resource);
      assertProblem(await api.send('DELETE', `${resource.path}/${row.id}`), 409);
      assert.deepEqual(await fixtures.differences(resource, row.id, row.values), []);
    });
  }
  test('delete keeps to the version in If-Match', async () => {
    const row = await fixtures.row(resource, 0);
    const path = `${resource.path}/${row.id}`;
    const stale = { 'if-match': `"${Number(row.version) + 1}"` };
    assertProblem(await api.send('DELETE', path, { headers: stale }), 412);
    assert.deepEqual(await fixtures.differences(resource, row.id, row.values), []);
    const deleted = await api.send('DELETE', path, { headers: { 'if-match': `"${row.version}"` } });
    assertStatus(deleted, isFrozen(resource, wholeRow(row)) ? 409 : 204);
  });
  test('delete refuses an If-Match that is none', async () => {
    const row = await fixtures.row(resource, 0);
    const before = await fixtures.count(resource);
    assertProblem(await api.send('DELETE', `${resource.path}/${row.id}`, { headers: { 'if-match': 'one' } }), 400);
    assert.equal(await fixtures.count(resource), before);
  });
  test('delete answers 404 where there is no row', async () => {
    assertProblem(await api.send('DELETE', `${resource.path}/${unknownId(resource)}`), 404);
  });
  test('delete refuses what is no id', async () => {
    assertProblem(await api.send('DELETE', `${resource.path}/${noId(resource)}`), 422, { id: 'format' });
  });
  test('delete refuses an unknown parameter', async () => {
    for (const name of ['unknown', '?'])
      assertProblem(await api.send('DELETE', `${resource.path}/${unknownId(resource)}?${name}`), 422, {
        [name]: 'unknown',
      });
  });
  for (const child of linksTo(suite)) testLink(suite, child);
}

/** A field of some resource that points to the resource under test. */
export interface Link {
  readonly from: ResourceCase;
  readonly field: FieldCase;
}

/** Links whose effect a test can see: nothing else of the same row, and no row above it, holds on to the one it deletes. */
export function linksTo({
  resource,
  resources,
  fixtures,
}: Pick<Suite, 'resource' | 'resources' | 'fixtures'>): readonly Link[] {
  const hasRoomForTwo = fixtures.values.capacity(resource) >= 2;
  return resources
    .flatMap((from) =>
      from.fields.filter(({ to, links }) => (to ?? links) === resource.name).map((field) => ({ from, field })),
    )
    .filter(({ from }) => hasRoomForTwo && fixtures.values.isSeedable(from));
}

function testLink({ api, resource, fixtures }: Suite, { from, field }: Link): void {
  const link = `${from.name}.${field.key}`;
  const index = from === resource ? 1 : 0;
  test(titled(`delete meets ${field.onDelete ?? 'restrict'}`, link), async () => {
    fixtures.reserve(resource, 0);
    const child = await fixtures.childOf(resource, 0, from, field, index);
    const answer = await api.send('DELETE', `${resource.path}/${child.parentId}`);
    if (field.onDelete === 'cascade') {
      assertStatus(answer, 204);
      assert.equal(await fixtures.differences(from, child.id, {}), undefined, 'the row below is still there');
    } else if (field.onDelete === 'setNull' || field.onDelete === 'unlink') {
      assertStatus(answer, 204);
      const left = field.onDelete === 'unlink' ? [] : null;
      assert.deepEqual(await fixtures.differences(from, child.id, { ...child.values, [field.key]: left }), []);
    } else {
      assertProblem(answer, 409);
      const owner = from === resource ? 'its own kind' : from.name;
      const detail = `rows of ${owner} hold on to it with "${field.key}"`;
      assert.deepEqual(property(answer.body, 'errors'), [{ code: 'referenced', detail }]);
      assert.deepEqual(await fixtures.differences(from, child.id, child.values), []);
      assert.deepEqual(await fixtures.differences(resource, child.parentId, {}), [], 'the row is gone');
    }
  });
}
