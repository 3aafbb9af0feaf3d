import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { assertProblem, assertStatus, property, shown, textProperty, withoutParts } from './assert-answer.ts';
import type { Answer } from './api-client.ts';
import { uniquesOf } from './fixture-values.ts';
import type { Fixtures } from './fixtures.ts';
import {
  allows,
  creatable,
  created,
  type FieldCase,
  type JsonObject,
  type PartCase,
  type ResourceCase,
} from './resource-case.ts';
import { checkPresets } from './presets.ts';
import { breaksCheck } from './row-checks.ts';
import { titled, type Suite } from './suite.ts';
import { unknownId, withOwnId } from './row-ids.ts';
import { NoSoundRow, RuleInTheWay, test } from './test.ts';

/** What a create makes of the parts that its body brings. */
export function testParts(suite: Suite): void {
  for (const part of suite.resource.parts ?? []) {
    const ground = { ...suite, part, own: suite.fixtures.values.resource(part.resource) };
    test(titled('create brings its parts', part.key), () => bring(ground));
    test(titled('create brings its parts once for one key', part.key), () => bringOnce(ground));
    test(titled('create refuses a part at its place, and makes nothing', part.key), () => refuse(ground));
    test(titled('create refuses too many parts', part.key), () => refuseMany(ground));
  }
}

/** A list of parts that creates may bring. */
export interface Ground extends Suite {
  readonly part: PartCase;
  /** Of the parts. */
  readonly own: ResourceCase;
}

async function bring(ground: Ground): Promise<void> {
  const { resource, fixtures, own, part } = ground;
  const { body, parts } = await bodiesOf(ground);
  const before = await fixtures.count(own);
  const answer = await send(ground, body, parts);
  assertStatus(answer, 201);
  assert.equal(await fixtures.count(own), before + parts.length);
  const id = textProperty(answer.body, 'id');
  if (!allows(resource, 'read')) return assert.deepEqual(answer.body, { id });
  const rows = property(answer.body, part.key);
  assert.ok(Array.isArray(rows) && rows.length === parts.length, `expected ${parts.length} parts: ${answer.text}`);
  for (const [index, sent] of parts.entries()) await checkPart(ground, rows[index], { ...sent, [part.link]: id });
  const read = await ground.api.send('GET', `${resource.path}/${id}`);
  assert.deepEqual(read.body, withoutParts(resource, answer.body));
  assert.equal(read.headers.get('etag'), answer.headers.get('etag'));
}

async function checkPart({ api, fixtures, own }: Ground, row: unknown, sent: JsonObject): Promise<void> {
  const id = textProperty(row, 'id');
  const values = { ...created(own, sent), ...(await fixtures.made(own, id, sent)) };
  const [createdAt, updatedAt] = [textProperty(row, 'createdAt'), textProperty(row, 'updatedAt')];
  checkPresets(own, sent, values, createdAt);
  assert.deepEqual(row, { id, ...shown(own, values), createdAt, updatedAt });
  assert.deepEqual(await fixtures.differences(own, id, values), [], 'columns that hold something else');
  assert.deepEqual((await api.send('GET', `${own.path}/${id}`)).body, row);
}

async function bringOnce(ground: Ground): Promise<void> {
  const { fixtures, own } = ground;
  const { body, parts } = await bodiesOf(ground);
  const key = randomUUID();
  const first = await send(ground, body, parts, key);
  assertStatus(first, 201);
  const count = await fixtures.count(own);
  const second = await send(ground, body, parts, key);
  assert.equal(second.text, first.text);
  assert.equal(second.headers.get('idempotent-replayed'), 'true');
  assert.equal(await fixtures.count(own), count, 'a replay made a part');
}

async function refuse(ground: Ground): Promise<void> {
  const { resource, fixtures, own, part } = ground;
  const { body, parts } = await bodiesOf(ground);
  const before = [await fixtures.count(resource), await fixtures.count(own)];
  const bad = creatable(own).find(({ key, invalid }) => key !== part.link && invalid.length > 0);
  const [value, code] = bad?.invalid[0] ?? [];
  const wrong: readonly (readonly [key: string, value: JsonObject[string], code: string])[] = [
    [part.link, unknownId({}), 'unknown'],
    ...(bad === undefined ? [] : [[bad.key, value ?? null, code ?? ''] as const]),
  ];
  for (const [key, sent, expected] of wrong) {
    const answer = await send(ground, body, [...parts, { ...parts[0], [key]: sent }]);
    assertProblem(answer, 422, { [`/${part.key}/${parts.length}/${key}`]: expected });
  }
  assertProblem(await ground.api.send('POST', resource.path, { body: { ...body, [part.key]: null } }), 422, {
    [`/${part.key}`]: 'type',
  });
  assert.deepEqual([await fixtures.count(resource), await fixtures.count(own)], before, 'a refused create made rows');
}

async function refuseMany(ground: Ground): Promise<void> {
  const { part, own, fixtures } = ground;
  const { body, parts } = await bodiesOf(ground);
  const before = await fixtures.count(own);
  const [first = {}] = parts;
  const many = Array.from({ length: part.maxItems + 1 }, () => first);
  const answer = await send(ground, body, many);
  // So many large values may be too much for any body.
  if (answer.status !== 413) assertProblem(answer, 422, { [`/${part.key}`]: 'maxItems' });
  assert.equal(await fixtures.count(own), before);
}

/** A body, and two parts for it, or one where two of the same row could not be told apart. */
export async function bodiesOf({ resource, fixtures, own, part }: Ground): Promise<Bodies> {
  const body = await fixtures.newBody(resource, creatable(resource), 0);
  const fields = creatable(own).filter(({ key }) => key !== part.link);
  const [first, second] = [await freeBody(fixtures, own, fields), await freeBody(fixtures, own, fields)];
  if (first === undefined) throw new RuleInTheWay('of uniques');
  const parts = second === undefined ? [first] : [first, second];
  const isApart = uniquesOf(own).every((keys) => {
    const [one, other] = parts.map((values) => JSON.stringify(keys.map((key) => values[key] ?? null)));
    return one !== other;
  });
  const taken = isApart ? parts : [first];
  if (breaksCheck(resource, created(resource, body)) || taken.some((one) => breaksCheck(own, created(own, one))))
    throw new NoSoundRow(resource.name);
  return { body, parts: taken };
}

/** A body with the values of a row that is not there, and that no reference leads to; none where uniques leave no room. */
async function freeBody(
  fixtures: Fixtures,
  own: ResourceCase,
  fields: readonly FieldCase[],
): Promise<JsonObject | undefined> {
  const isThere = (index: number): boolean => fixtures.seeded(own).some((row) => row.index === index);
  for (let index = 0; index < Math.min(MOST_ROWS, fixtures.values.capacity(own)); index += 1) {
    if (isThere(index) || !fixtures.isFree(own, index)) continue;
    const body = await fixtures.body(own, fields, index);
    if (!isThere(index)) return withOwnId(own, body);
  }
  return undefined;
}

/** More than other tests need of one resource. */
const MOST_ROWS = 6;

interface Bodies {
  readonly body: JsonObject;
  readonly parts: readonly JsonObject[];
}

async function send(
  { api, resource, part }: Ground,
  body: JsonObject,
  parts: readonly JsonObject[],
  key?: string,
): Promise<Answer> {
  const headers = key === undefined ? {} : { 'Idempotency-Key': key };
  return api.send('POST', resource.path, { body: { ...body, [part.key]: parts }, headers });
}
