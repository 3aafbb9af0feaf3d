import assert from 'node:assert/strict';
import { test } from './test.ts';
import { assertProblem, assertStatus, shownRow } from './assert-answer.ts';
import { type Suite } from './suite.ts';
import { anotherSpelling, noId, unknownId } from './row-ids.ts';

/** What a get answers about rows that SQL has put there. */
export function testGet({ api, resource, fixtures }: Suite): void {
  test('get answers every field of a row', async () => {
    for (const row of await fixtures.rows(resource)) {
      const answer = await api.send('GET', `${resource.path}/${anotherSpelling(resource, row.id)}`);
      assertStatus(answer, 200);
      assert.deepEqual(answer.body, shownRow(resource, row));
      assert.equal(answer.headers.get('etag'), `"${row.version}"`);
    }
  });
  test('get answers 304 to who has the row, and the row to who has another', async () => {
    const row = await fixtures.row(resource, 0);
    const path = `${resource.path}/${row.id}`;
    const same = await api.send('GET', path, { headers: { 'if-none-match': `"${row.version}"` } });
    assertStatus(same, 304);
    assert.equal(same.text, '');
    assertStatus(await api.send('GET', path, { headers: { 'if-none-match': '"999"' } }), 200);
  });
  test('get answers 404 where there is no row', async () => {
    await fixtures.rows(resource);
    assertProblem(await api.send('GET', `${resource.path}/${unknownId(resource)}`), 404);
  });
  test('get refuses what is no id', async () => {
    assertProblem(await api.send('GET', `${resource.path}/${noId(resource)}`), 422, { id: 'format' });
    assertProblem(await api.send('GET', `${resource.path}/%`), 400);
  });
}
