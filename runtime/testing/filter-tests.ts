import assert from 'node:assert/strict';
import { test } from './test.ts';
import { assertProblem, property } from './assert-answer.ts';
import { compareValues, isSame, type Ordered } from './compare-values.ts';
import type { SeededRow } from './seeded-row.ts';
import { cell, fetchPage, orderOf, walk } from './list-walk.ts';
import type { FilterOperator, Json } from './resource-case.ts';
import { titled, type Suite } from './suite.ts';

/** Which rows each filter of a list lets through. */
export function testFilters(suite: Suite): void {
  const { resource } = suite;
  for (const [key, operators] of Object.entries(resource.filters)) {
    for (const operator of operators) {
      const parameter = parameterOf(key, operator);
      test(titled('list filters by', parameter), () => checkFilter(suite, key, operator));
    }
    test(titled('list refuses a comparison that it does not offer', key), () => checkRefusals(suite, key, operators));
  }
  const [key, second] = Object.entries(resource.filters)
    .filter(([, operators]) => operators.includes('eq'))
    .map(([name]) => name);
  if (key === undefined) return;
  test('list refuses the cursor of another filter', () => checkCursorBinding(suite, key));
  if (second !== undefined) test('list takes several filters together', () => checkTogether(suite, key, second));
}

/** Parameters of the list itself: fields of these names are filtered as `limit[eq]`. */
const RESERVED = new Set(['limit', 'cursor', 'sort', 'search', 'expand', 'fields', 'count']);

function parameterOf(key: string, operator: FilterOperator): string {
  return operator === 'eq' && !RESERVED.has(key) ? key : `${key}[${operator}]`;
}

async function checkFilter(suite: Suite, key: string, operator: FilterOperator): Promise<void> {
  const { resource, fixtures } = suite;
  const rows = await fixtures.rows(resource);
  const order = comparedBy(suite, key);
  for (const { text, accepts } of conditions(
    order,
    operator,
    rows.map((row) => valueAt(suite, row, key)),
  )) {
    const expected = rows.filter((row) => accepts(valueAt(suite, row, key))).map(({ id }) => id);
    const found = await walk(suite, { [parameterOf(key, operator)]: text }, 2);
    assert.deepEqual(
      found.map((row) => property(row, 'id')).toSorted(),
      expected.toSorted(),
      `${parameterOf(key, operator)}=${text}`,
    );
    const query = { [parameterOf(key, operator)]: text, limit: '1', count: 'exact' };
    const counted = property((await suite.api.send('GET', resource.path, { query })).body, 'count');
    assert.deepEqual(counted, { value: expected.length, kind: 'exact' });
  }
}

/** One query value, and which values of a field it lets through. */
interface Condition {
  readonly text: string;
  readonly accepts: (value: Json) => boolean;
}

function conditions(order: Ordered, operator: FilterOperator, cells: readonly Json[]): readonly Condition[] {
  const values = [...new Set(cells)].filter((value) => value !== null);
  if (operator === 'null')
    return ['true', 'false'].map((text) => ({ text, accepts: (value) => (value === null) === (text === 'true') }));
  if (operator === 'in') return listConditions(order, values);
  if (operator === 'contains' && values.some(Array.isArray)) return itemConditions(order, values);
  if (operator === 'contains') return values.flatMap((value) => containsConditions(String(value)));
  return values.map((value) => ({ text: String(value), accepts: (other) => COMPARE[operator](order, other, value) }));
}

type Comparison = Exclude<FilterOperator, 'null' | 'in' | 'contains'>;

const COMPARE: Readonly<Record<Comparison, (order: Ordered, value: Json, than: Json) => boolean>> = {
  eq: isSame,
  ne: (order, value, than) => !isSame(order, value, than),
  gt: (order, value, than) => value !== null && compareValues(order, value, than) > 0,
  gte: (order, value, than) => value !== null && compareValues(order, value, than) >= 0,
  lt: (order, value, than) => value !== null && compareValues(order, value, than) < 0,
  lte: (order, value, than) => value !== null && compareValues(order, value, than) <= 0,
};

/** A comma separates the values of one `[in]`, so none can hold one. */
function listConditions(order: Ordered, values: readonly Json[]): readonly Condition[] {
  const listed = values.filter((value) => !String(value).includes(',') && value !== '');
  const lists = [listed.slice(0, 1), listed.slice(0, 2)].filter((list) => list.length > 0);
  return lists.map((list) => ({
    text: list.join(','),
    accepts: (value) => list.some((item) => isSame(order, value, item)),
  }));
}

/** An array contains the items that it has, and no others. */
function itemConditions(order: Ordered, values: readonly Json[]): readonly Condition[] {
  const items = [...new Set(values.flatMap((value): readonly Json[] => (Array.isArray(value) ? value : [])))];
  return items.map((item) => ({
    text: String(item),
    accepts: (value) => Array.isArray(value) && value.some((other: Json) => isSame(order, other, item)),
  }));
}

const LONGEST_TEXT = 255;

function containsConditions(value: string): readonly Condition[] {
  const parts = [value, value.toUpperCase(), value.slice(1, 6)].map((part) => part.slice(0, LONGEST_TEXT));
  return parts
    .filter((part) => part !== '')
    .map((text) => ({
      text,
      accepts: (other) => other !== null && String(other).toLowerCase().includes(text.toLowerCase()),
    }));
}

const COMPARISONS: readonly FilterOperator[] = ['ne', 'in', 'gt', 'gte', 'lt', 'lte', 'contains', 'null'];

async function checkRefusals(
  { api, resource }: Suite,
  key: string,
  operators: readonly FilterOperator[],
): Promise<void> {
  for (const operator of COMPARISONS.filter((candidate) => !operators.includes(candidate))) {
    const parameter = parameterOf(key, operator);
    assertProblem(await api.send('GET', resource.path, { query: { [parameter]: '1' } }), 422, {
      [parameter]: 'unknown',
    });
  }
}

async function checkCursorBinding(suite: Suite, key: string): Promise<void> {
  const { api, resource, fixtures } = suite;
  const rows = await fixtures.rows(resource);
  if (rows.length < 2) return;
  const { next } = await fetchPage(suite, { limit: '1' });
  const [value] = rows.map((row) => valueAt(suite, row, key)).filter((candidate) => candidate !== null);
  if (value === undefined) return;
  const query = { limit: '1', cursor: next ?? '', [parameterOf(key, 'eq')]: String(value) };
  assertProblem(await api.send('GET', resource.path, { query }), 422, { cursor: 'cursor' });
}

async function checkTogether(suite: Suite, key: string, second: string): Promise<void> {
  const { resource, fixtures } = suite;
  const rows = await fixtures.rows(resource);
  for (const row of rows) {
    const [one, other] = [valueAt(suite, row, key), valueAt(suite, row, second)];
    if (one === null || other === null) continue;
    const expected = rows.filter(
      (candidate) => accepts(suite, candidate, key, one) && accepts(suite, candidate, second, other),
    );
    const found = await walk(
      suite,
      { [parameterOf(key, 'eq')]: String(one), [parameterOf(second, 'eq')]: String(other) },
      2,
    );
    assert.deepEqual(found.map((item) => property(item, 'id')).toSorted(), expected.map(({ id }) => id).toSorted());
  }
}

function accepts(suite: Suite, row: SeededRow, key: string, value: Json): boolean {
  return isSame(comparedBy(suite, key), valueAt(suite, row, key), value);
}

/** Where a filter's references lead: the last resource, and the key there. */
function endOf({ resource, fixtures }: Suite, key: string) {
  const links = resource.followed[key] ?? [];
  const last = links.at(-1);
  if (last === undefined) return { links, owner: resource, own: key };
  return { links, owner: fixtures.values.resource(last.to), own: key.slice(key.lastIndexOf('.') + 1) };
}

function comparedBy(suite: Suite, key: string): Ordered {
  const { owner, own } = endOf(suite, key);
  return orderOf(owner, own);
}

/** The value that a filter compares; null over an empty reference. */
function valueAt(suite: Suite, row: SeededRow, key: string): Json {
  const { links, own } = endOf(suite, key);
  let at: SeededRow | undefined = row;
  for (const { to, key: link } of links) {
    const id: Json = at?.values[link] ?? null;
    at = suite.fixtures.seeded(suite.fixtures.values.resource(to)).find((candidate) => candidate.id === id);
  }
  return at === undefined ? null : cell(at, own);
}
