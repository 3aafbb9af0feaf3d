import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from './test.ts';
import { assertProblem, assertStatus, property } from './assert-answer.ts';
import { allows } from './resource-case.ts';
import { isFrozen } from './row-checks.ts';
import { type Suite } from './suite.ts';
import { lonelyRow } from './lonely-row.ts';
import { noId, unknownId } from './row-ids.ts';

/** What a deleted row is until it comes back, and what it then is. */
export function testRestore(suite: Suite): void {
  const { api, resource, fixtures } = suite;
  test('restore brings a deleted row back, once', async () => {
    const rows = await fixtures.rows(resource);
    const last = lonelyRow(suite, rows);
    const path = `${resource.path}/${last?.id}`;
    if (last === undefined || isFrozen(resource, last.values)) return;
    assertProblem(await api.send('POST', `${path}/restore`), 404);
    if (allows(resource, 'delete')) assertStatus(await api.send('DELETE', path), 204);
    else await fixtures.remove(resource, last.id);
    const headers = { 'Idempotency-Key': randomUUID() };
    const restored = await api.send('POST', `${path}/restore`, { headers });
    assertStatus(restored, allows(resource, 'read') ? 200 : 204);
    assert.deepEqual(await fixtures.differences(resource, last.id, last.values), []);
    assert.equal(restored.headers.get('etag'), await fixtures.etagAfter(resource, last, 1));
    assert.equal(await fixtures.count(resource), rows.length);
    if (allows(resource, 'read')) assert.equal(property(restored.body, 'createdAt'), last.createdAt);
    assertProblem(await api.send('POST', `${path}/restore`), 404);
    const other = await api.send('POST', `${resource.path}/${unknownId(resource)}/restore`, { headers });
    assertProblem(other, 422, { 'Idempotency-Key': 'reused' });
  });
  test('restore answers 404 where no row was deleted', async () => {
    assertProblem(await api.send('POST', `${resource.path}/${unknownId(resource)}/restore`), 404);
  });
  test('restore refuses what is no id', async () => {
    assertProblem(await api.send('POST', `${resource.path}/${noId(resource)}/restore`), 422, { id: 'format' });
  });
  test('restore refuses a row whose place is taken', () => takePlace(suite));
}

/** The same values under another id while the row is away. */
async function takePlace({ api, resource, fixtures }: Suite): Promise<void> {
  if (resource.uniques.length === 0) return;
  const row = await fixtures.row(resource, 0);
  if (isFrozen(resource, row.values)) return;
  const isWhole = resource.uniques.some((keys) => keys.every((key) => (row.values[key] ?? null) !== null));
  if (!isWhole) return;
  await fixtures.remove(resource, row.id);
  const copied = await fixtures.copy(resource, row).then(
    () => true,
    () => false,
  );
  if (!copied) return;
  assertProblem(await api.send('POST', `${resource.path}/${row.id}/restore`), 409);
  assert.equal(await fixtures.count(resource), 1);
}
