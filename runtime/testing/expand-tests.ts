import assert from 'node:assert/strict';
import { test } from './test.ts';
import { assertProblem, assertStatus, property, shownRow } from './assert-answer.ts';
import type { SeededRow } from './seeded-row.ts';
import { walk } from './list-walk.ts';
import type { Json, JsonObject, LinkCase, ResourceCase } from './resource-case.ts';
import { titled, UNKNOWN_KEY, type Suite } from './suite.ts';

/** What `expand=` adds to a row and to each row of a list. */
export function testExpand(suite: Suite): void {
  const paths = Object.entries(suite.resource.expansions);
  for (const [path, links] of paths) {
    test(titled('get and list expand', path), () => checkExpand(suite, path, links));
  }
  test('get and list refuse to expand what they do not offer', () => checkRefusals(suite, paths[0]?.[0]));
}

async function checkExpand(suite: Suite, path: string, links: readonly LinkCase[]): Promise<void> {
  const { api, resource, fixtures } = suite;
  await fixtures.rows(resource);
  for (const { to } of links) {
    const target = fixtures.values.resource(to);
    if (fixtures.values.isSeedable(target)) await fixtures.rows(target);
  }
  const rows = fixtures.seeded(resource);
  const expected = new Map(rows.map((row) => [row.id, expanded(suite, resource, row, links)] as const));
  for (const row of rows) {
    const headers = { 'if-none-match': `"${row.version}"` };
    const answer = await api.send('GET', `${resource.path}/${row.id}`, { query: { expand: path }, headers });
    assertStatus(answer, 200);
    assert.deepEqual(answer.body, expected.get(row.id));
    assert.equal(answer.headers.get('etag'), `"${row.version}"`);
  }
  const listed = await walk(suite, { expand: path }, 2);
  assert.equal(listed.length, rows.length);
  for (const row of listed) assert.deepEqual(row, expected.get(String(property(row, 'id'))));
}

/** A row as the API shows it, with what the links lead to. */
function expanded(
  suite: Suite,
  resource: ResourceCase,
  row: SeededRow,
  [link, ...further]: readonly LinkCase[],
): JsonObject {
  const plain = shownRow(resource, row);
  if (link === undefined) return plain;
  const target = suite.fixtures.values.resource(link.to);
  const seeded = suite.fixtures.seeded(target);
  const show = (other: SeededRow): JsonObject => expanded(suite, target, other, further);
  if (link.kind !== 'one') return { ...plain, [link.name]: listed(link, row, seeded).map(show) };
  const found = seeded.find(({ id }) => id === row.values[link.key]);
  const value: Json = found === undefined ? null : show(found);
  return { ...plain, [link.name]: value };
}

/** The rows of a list, in its order. */
function listed({ kind, key }: LinkCase, row: SeededRow, rows: readonly SeededRow[]): readonly SeededRow[] {
  if (kind === 'named') return idsIn(row.values[key]).flatMap((id) => rows.find((other) => other.id === id) ?? []);
  if (kind === 'naming')
    return rows.filter(({ values }) => idsIn(values[key]).includes(row.id)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return rows.filter(({ values }) => values[key] === row.id).toSorted(byCreation);
}

function idsIn(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function byCreation(left: SeededRow, right: SeededRow): number {
  const [one, other] = [`${left.createdAt} ${left.id}`, `${right.createdAt} ${right.id}`];
  return one < other ? -1 : one > other ? 1 : 0;
}

async function checkRefusals({ api, resource, fixtures }: Suite, offered: string | undefined): Promise<void> {
  const { id } = await fixtures.row(resource, 0);
  const code = offered === undefined ? 'unknown' : 'expand';
  for (const path of [resource.path, `${resource.path}/${id}`]) {
    for (const expand of [UNKNOWN_KEY, ...(offered === undefined ? [] : [`${offered},${offered}`, ''])])
      assertProblem(await api.send('GET', path, { query: { expand } }), 422, { expand: code });
  }
}
