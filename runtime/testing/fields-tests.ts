import assert from 'node:assert/strict';
import { test } from './test.ts';
import { assume } from '../assume.ts';
import { assertProblem, assertStatus } from './assert-answer.ts';
import { walk } from './list-walk.ts';
import type { JsonObject } from './resource-case.ts';
import { UNKNOWN_KEY, type Suite } from './suite.ts';

/** What `fields=` leaves of a row and of each row of a list. */
export function testFields(suite: Suite): void {
  test('get and list answer the fields that are asked for', () => checkFields(suite));
  test('get and list refuse fields that they do not have', () => checkRefusals(suite));
}

async function checkFields(suite: Suite): Promise<void> {
  const { api, resource, fixtures } = suite;
  const { id, version } = await fixtures.row(resource, 0);
  const whole = (await walk(suite, {}, 2)).map((row) => assume<JsonObject>(row));
  const row = assume<JsonObject>((await api.send('GET', `${resource.path}/${id}`)).body);
  const keys = Object.keys(row);
  for (const chosen of [keys.slice(0, 1), keys.filter((_, index) => index % 2 === 1), [keys.at(-1) ?? '', 'id']]) {
    const query = { fields: chosen.join(',') };
    assert.deepEqual(
      await walk(suite, query, 2),
      whole.map((one) => pick(one, chosen)),
    );
    const answer = await api.send('GET', `${resource.path}/${id}`, { query });
    assertStatus(answer, 200);
    assert.deepEqual(answer.body, pick(row, chosen));
    assert.equal(answer.headers.get('etag'), `"${version}"`);
    const headers = { 'if-none-match': `"${version}"` };
    assertStatus(await api.send('GET', `${resource.path}/${id}`, { query, headers }), 304);
  }
}

function pick(row: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(row).filter(([key]) => keys.includes(key)));
}

async function checkRefusals({ api, resource, fixtures }: Suite): Promise<void> {
  const { id } = await fixtures.row(resource, 0);
  for (const path of [resource.path, `${resource.path}/${id}`]) {
    for (const fields of [UNKNOWN_KEY, 'id,id', ''])
      assertProblem(await api.send('GET', path, { query: { fields } }), 422, { fields: 'fields' });
  }
}
