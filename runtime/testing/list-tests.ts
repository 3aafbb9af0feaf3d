import assert from 'node:assert/strict';
import { test } from './test.ts';
import { assertProblem, property, shownRow } from './assert-answer.ts';
import { fetchPage, sortRows, walk } from './list-walk.ts';
import { titled, UNKNOWN_KEY, type Suite } from './suite.ts';

/** Pages, orders and the query of a list. */
export function testList(suite: Suite): void {
  const { resource, fixtures } = suite;
  test('list answers no rows where there are none', async () => {
    assert.deepEqual(await fetchPage(suite, {}), { rows: [], next: null });
  });
  test('list answers every field of every row, in its own order', async () => {
    const rows = sortRows(resource, await fixtures.rows(resource), resource.defaultSort);
    assert.deepEqual(
      await walk(suite, {}, 2),
      rows.map((row) => shownRow(resource, row)),
    );
  });
  for (const sort of ordersOf(resource.sorts)) {
    test(titled('list pages through each row once by', sort), () => checkOrder(suite, sort));
  }
  testPageSizes(suite);
  testCounts(suite);
  testQueries(suite);
}

function testCounts(suite: Suite): void {
  const { api, resource, fixtures } = suite;
  test('list counts all rows of its filters when asked to, whatever the page', async () => {
    const rows = await fixtures.rows(resource);
    const none = await api.send('GET', resource.path, { query: { limit: '1' } });
    assert.equal(property(none.body, 'count'), undefined);
    for (const count of ['exact', 'estimated']) {
      const answer = await api.send('GET', resource.path, { query: { limit: '1', count } });
      assert.deepEqual(property(answer.body, 'count'), { value: rows.length, kind: 'exact' });
    }
  });
  test('list refuses another way to count', async () => {
    assertProblem(await api.send('GET', resource.path, { query: { count: 'true' } }), 422, { count: 'enum' });
  });
}

function ordersOf(keys: readonly string[]): readonly string[] {
  const [first, second] = keys;
  const both = first === undefined || second === undefined ? [] : [`${first},-${second}`, `-${second},${first}`];
  return [...keys.flatMap((key) => [key, `-${key}`]), ...both];
}

async function checkOrder(suite: Suite, sort: string): Promise<void> {
  const { resource, fixtures } = suite;
  const expected = sortRows(resource, await fixtures.rows(resource), sort).map(({ id }) => id);
  for (const limit of [1, 2]) {
    const rows = await walk(suite, { sort }, limit);
    assert.deepEqual(
      rows.map((row) => property(row, 'id')),
      expected,
    );
  }
}

/** Most rows that are made to fill one page. */
const MOST_ROWS = 50;

function testPageSizes(suite: Suite): void {
  const { api, resource, fixtures } = suite;
  const { pageSize, maxPageSize, path } = resource;
  if (pageSize < MOST_ROWS && fixtures.values.capacity(resource) > pageSize) {
    test(`list answers ${pageSize} rows unless told`, async () => {
      for (let index = 0; index <= pageSize; index++) await fixtures.row(resource, index);
      const page = await fetchPage(suite, {});
      assert.equal(page.rows.length, pageSize);
      assert.notEqual(page.next, null);
    });
  }
  test(`list takes a limit from 1 to ${maxPageSize}`, async () => {
    await fetchPage(suite, { limit: String(maxPageSize) });
    for (const limit of ['0', '-1', '1.5', 'many', '', String(maxPageSize + 1)]) {
      const answer = await api.send('GET', path, { query: { limit } });
      assertProblem(answer, 422);
      assert.match(answer.text, /"parameter":"limit"/);
    }
  });
}

function testQueries(suite: Suite): void {
  const { api, resource, fixtures } = suite;
  test('list refuses an unknown parameter', async () => {
    assertProblem(await api.send('GET', resource.path, { query: { [UNKNOWN_KEY]: '1' } }), 422, {
      [UNKNOWN_KEY]: 'unknown',
    });
  });
  test('list refuses to sort by an unknown key', async () => {
    assertProblem(await api.send('GET', resource.path, { query: { sort: UNKNOWN_KEY } }), 422, { sort: 'sort' });
  });
  test('list refuses a forged cursor', async () => {
    const cursor = Buffer.from(JSON.stringify(['0'])).toString('base64url');
    assertProblem(await api.send('GET', resource.path, { query: { cursor } }), 422, { cursor: 'cursor' });
  });
  if (resource.sorts.length === 0 || fixtures.values.capacity(resource) < 2) return;
  test('list refuses a cursor of another order', async () => {
    await fixtures.rows(resource);
    const [sort = ''] = resource.sorts;
    const { next } = await fetchPage(suite, { sort, limit: '1' });
    const query = { sort: `-${sort}`, limit: '1', cursor: next ?? '' };
    assertProblem(await api.send('GET', resource.path, { query }), 422, { cursor: 'cursor' });
  });
}
