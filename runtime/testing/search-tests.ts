import assert from 'node:assert/strict';
import { test } from './test.ts';
import { assertProblem, property } from './assert-answer.ts';
import type { SeededRow } from './seeded-row.ts';
import { walk } from './list-walk.ts';
import { titled, type Suite } from './suite.ts';

/** What `search=` finds. */
export function testSearch(suite: Suite): void {
  const { search } = suite.resource;
  for (const key of search) test(titled('search finds rows by', key), () => checkKey(suite, key));
  if (search.length > 0) test('search refuses what holds no word', () => checkRefusals(suite));
  else test('list refuses to search', () => checkAbsent(suite));
}

/** The words of a value in capitals, and the beginning of the first: each finds the row, on small pages as on one. */
async function checkKey(suite: Suite, key: string): Promise<void> {
  const { api, resource, fixtures } = suite;
  await fixtures.rows(resource);
  for (const row of fixtures.seeded(resource).slice(0, 2)) {
    for (const search of textsOf(row, key)) {
      const found = await walk(suite, { search }, 2);
      const ids = found.map((one) => property(one, 'id'));
      assert.ok(ids.includes(row.id), `search=${search} does not find the row with it`);
      assert.equal(new Set(ids).size, ids.length);
      const paged = await walk(suite, { search }, 1);
      assert.deepEqual(paged, found);
      const counted = await api.send('GET', resource.path, { query: { search, count: 'exact', limit: '1' } });
      assert.deepEqual(property(counted.body, 'count'), { value: found.length, kind: 'exact' });
      const sorted = await walk(suite, { search, sort: resource.defaultSort }, 2);
      assert.deepEqual(sorted.map((one) => property(one, 'id')).toSorted(), ids.toSorted());
    }
  }
  assert.deepEqual(await walk(suite, { search: 'zqxjkvbpwzqxjkvbpw' }, 2), []);
}

const LONGEST = 200;

/** Only words of plain letters and digits are sure to be words for Postgres too. */
function textsOf({ values }: SeededRow, key: string): readonly string[] {
  const words = String(values[key] ?? '').split(/\s+/u);
  const plain = words.filter((word) => /^[A-Za-z0-9]+$/.test(word) && word.length <= LONGEST);
  const [first] = plain;
  if (first === undefined) return [];
  return [plain.slice(0, 3).join(' ').slice(0, LONGEST).trim(), first.slice(0, 2).toUpperCase()];
}

async function checkRefusals({ api, resource }: Suite): Promise<void> {
  for (const [search, code] of [
    ['', 'minLength'],
    ['  ', 'search'],
    ['x'.repeat(256), 'maxLength'],
  ] as const)
    assertProblem(await api.send('GET', resource.path, { query: { search } }), 422, { search: code });
  for (const search of ['&', "'", '\\', "a'b\\c:*|!(", '---'])
    assert.equal((await api.send('GET', resource.path, { query: { search } })).status, 200, search);
}

async function checkAbsent({ api, resource }: Suite): Promise<void> {
  assertProblem(await api.send('GET', resource.path, { query: { search: 'a' } }), 422, { search: 'unknown' });
}
