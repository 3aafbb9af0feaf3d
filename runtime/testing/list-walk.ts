import assert from 'node:assert/strict';
import { assertStatus, property } from './assert-answer.ts';
import { compareValues, INSTANT, type Ordered } from './compare-values.ts';
import type { SeededRow } from './seeded-row.ts';
import { fieldOf, type Json, type ResourceCase } from './resource-case.ts';
import type { Suite } from './suite.ts';

export type Query = Readonly<Record<string, string>>;

/** One page of a list, its rows as they were answered. */
export interface Page {
  readonly rows: readonly unknown[];
  readonly next: string | null;
}

/** @throws AssertionError unless the list answers a page. */
export async function fetchPage({ api, resource }: Suite, query: Query): Promise<Page> {
  const answer = await api.send('GET', resource.path, { query });
  assertStatus(answer, 200);
  const rows = property(answer.body, 'data');
  const next = property(answer.body, 'nextCursor');
  assert.ok(Array.isArray(rows), `no data in ${answer.text}`);
  return { rows, next: typeof next === 'string' ? next : null };
}

/** Every row of a list, page by page. */
export async function walk(suite: Suite, query: Query, limit: number): Promise<readonly unknown[]> {
  const size = Math.min(limit, suite.resource.maxPageSize);
  const rows: unknown[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = await fetchPage(suite, { ...query, limit: String(size), ...(cursor !== undefined && { cursor }) });
    assert.ok(page.rows.length <= size, `a page of ${page.rows.length} rows, ${size} were asked for`);
    assert.ok(rows.length < MOST_ROWS, 'the pages never end');
    rows.push(...page.rows);
    cursor = page.next;
  }
  return rows;
}

/** Far more than any test has put there. */
const MOST_ROWS = 1000;

/** Rows in the order of a `sort=`: nulls last in both directions, the id at the end in the direction of the last key. */
export function sortRows(resource: ResourceCase, rows: readonly SeededRow[], sort: string): readonly SeededRow[] {
  const terms = sort.split(',').map((term) => ({ key: term.replace('-', ''), sign: term.startsWith('-') ? -1 : 1 }));
  const last = terms.at(-1)?.sign ?? 1;
  return rows.toSorted((left, right) => {
    for (const { key, sign } of terms) {
      const order = compareCells(orderOf(resource, key), cell(left, key), cell(right, key), sign);
      if (order !== 0) return order;
    }
    return left.id < right.id ? -last : last;
  });
}

function compareCells(field: Ordered, left: Json, right: Json, sign: number): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return sign * compareValues(field, left, right);
}

/** What decides the order of a key's values. */
export function orderOf(resource: ResourceCase, key: string): Ordered {
  return key === 'createdAt' || key === 'updatedAt' ? INSTANT : fieldOf(resource, key);
}

/** A row's value of a key that lists can sort and filter by. */
export function cell({ values, createdAt, updatedAt }: SeededRow, key: string): Json {
  if (key === 'createdAt') return createdAt;
  return key === 'updatedAt' ? updatedAt : (values[key] ?? null);
}
