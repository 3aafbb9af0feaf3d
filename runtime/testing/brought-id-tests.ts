import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Answer } from './api-client.ts';
import { assertProblem, assertStatus, property } from './assert-answer.ts';
import { uniquesOf } from './fixture-values.ts';
import { bodiesOf as partBodies, type Ground } from './parts-tests.ts';
import { allows, creatable, created, fieldOf, type Json, type JsonObject } from './resource-case.ts';
import { breaksCheck, isFrozen } from './row-checks.ts';
import { anotherSpelling, bringsIds, freshId, noId } from './row-ids.ts';
import { titled, type Suite } from './suite.ts';
import { NoSoundRow, test } from './test.ts';

const AT_ONCE = 4;

/** What a create does with the id that its body brings. */
export function testBroughtIds(suite: Suite): void {
  const { resource, fixtures } = suite;
  if (!bringsIds(resource)) return;
  if (!resource.clientId) test('create demands the id of its row', () => demand(suite));
  test('create keeps the id of its body, and is done once', () => createTwice(suite));
  test('create refuses an id whose row has other values', () => createOther(suite));
  test('create refuses what is no id', () => refuseMalformed(suite));
  test('creates with one id at one time make one row', () => createAtOnce(suite));
  for (const part of resource.parts ?? []) {
    const ground = { ...suite, part, own: fixtures.values.resource(part.resource) };
    test(titled('create with the id of its body brings its parts once', part.key), () => bringTwice(ground));
  }
  if (resource.bulk !== undefined) test('bulk create with ids is done once', () => createAllTwice(suite));
  if (resource.archive !== undefined) test('create refuses the id of a deleted row', () => refuseDeleted(suite));
}

async function createTwice(suite: Suite): Promise<void> {
  const { api, resource, fixtures } = suite;
  const [id, body] = [freshId(suite.resource), await bodyOf(suite, 0)];
  const first = await create(suite, { id: anotherSpelling(resource, id), ...body });
  assertStatus(first, 201);
  assert.equal(property(first.body, 'id'), id);
  if (allows(resource, 'read')) assert.equal(first.headers.get('location'), `${resource.path}/${id}`);
  const count = await fixtures.count(resource);
  for (const [again, headers] of [
    [{ id, ...body }, {}],
    [{ ...body, id: anotherSpelling(resource, id) }, { 'Idempotency-Key': randomUUID() }],
  ] as const) {
    const answer = await api.send('POST', resource.path, { body: again, headers });
    assertStatus(answer, 200);
    assert.deepEqual(answer.body, first.body);
    assert.equal(answer.headers.get('etag'), first.headers.get('etag'));
    assert.equal(answer.headers.get('location'), null);
  }
  assert.equal(await fixtures.count(resource), count, 'the same create made another row');
}

async function createOther(suite: Suite): Promise<void> {
  const { resource, fixtures } = suite;
  const [id, body] = [freshId(suite.resource), await bodyOf(suite, 0)];
  assertStatus(await create(suite, { id, ...body }), 201);
  const count = await fixtures.count(resource);
  for (const [key, value] of otherValues(suite, body).slice(0, 3))
    assertProblem(await create(suite, { id, ...body, [key]: value }), 409, { '/id': 'unique' });
  assert.equal(await fixtures.count(resource), count);
  assert.deepEqual(await fixtures.differences(resource, id, body), []);
}

/** Fields with another value than the body has, which a create may have as well. */
function otherValues({ resource }: Suite, body: JsonObject): readonly (readonly [key: string, value: Json])[] {
  return creatable(resource).flatMap(({ key, to, values }) => {
    if (to !== undefined || resource.transitions[key] !== undefined) return [];
    const other = values.find((value) => JSON.stringify(value) !== JSON.stringify(body[key] ?? null));
    return other === undefined || fieldOf(resource, key).many ? [] : [[key, other] as const];
  });
}

async function refuseMalformed(suite: Suite): Promise<void> {
  const body = await suite.fixtures.newBody(suite.resource, creatable(suite.resource), 0);
  const before = await suite.fixtures.count(suite.resource);
  assertProblem(await create(suite, { ...body, id: noId(suite.resource) }), 422, { '/id': 'format' });
  assertProblem(await create(suite, { ...body, id: 1 }), 422, { '/id': 'type' });
  assert.equal(await suite.fixtures.count(suite.resource), before);
}

async function createAtOnce(suite: Suite): Promise<void> {
  const body = { ...(await bodyOf(suite, 0)), id: freshId(suite.resource) };
  const before = await suite.fixtures.count(suite.resource);
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => create(suite, body)));
  const statuses = answers.map(({ status }) => status);
  assert.deepEqual(statuses.toSorted(), [...Array.from({ length: AT_ONCE - 1 }, () => 200), 201]);
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1);
  assert.equal(await suite.fixtures.count(suite.resource), before + 1);
}

async function bringTwice(ground: Ground): Promise<void> {
  const { fixtures, own, part } = ground;
  const { body, parts } = await partBodies(ground);
  const whole = { ...body, id: freshId(ground.resource), [part.key]: parts };
  const first = await create(ground, whole);
  assertStatus(first, 201);
  const count = await fixtures.count(own);
  const again = await create(ground, whole);
  assertStatus(again, 200);
  assert.deepEqual(again.body, first.body);
  assertProblem(await create(ground, { ...whole, [part.key]: parts.slice(1) }), 409, { '/id': 'unique' });
  assert.equal(await fixtures.count(own), count, 'the same create made another part');
}

async function createAllTwice(suite: Suite): Promise<void> {
  const { api, resource, fixtures } = suite;
  const bulk = (data: readonly JsonObject[]): Promise<Answer> =>
    api.send('POST', `${resource.path}/bulk-create`, { body: { data } });
  const item = { ...(await bodyOf(suite, 0)), id: freshId(suite.resource) };
  const before = await fixtures.count(resource);
  const first = await bulk([item]);
  assertStatus(first, 201);
  const again = await bulk([item]);
  assertStatus(again, 200);
  assert.equal(again.text, first.text);
  assert.equal(await fixtures.count(resource), before + 1);
  for (const [key, value] of otherValues(suite, item).slice(0, 1))
    assertProblem(await bulk([{ ...item, [key]: value }]), 409, { '/data/0/id': 'unique' });
  if (resource.bulk === 1) return;
  assertProblem(await bulk([item, item]), 422, { '/data/1/id': 'repeated' });
  if (uniquesOf(resource).length === 0)
    assertProblem(await bulk([{ ...item, id: freshId(suite.resource) }, item]), 409, { '/data/1/id': 'unique' });
  assert.equal(await fixtures.count(resource), before + 1);
}

async function refuseDeleted(suite: Suite): Promise<void> {
  const { resource, fixtures } = suite;
  const [id, body] = [freshId(suite.resource), await bodyOf(suite, 0)];
  if (isFrozen(resource, created(resource, body))) return;
  assertStatus(await create(suite, { id, ...body }), 201);
  await fixtures.remove(resource, id);
  assertProblem(await create(suite, { id, ...body }), 409, { '/id': 'deleted' });
}

/** A body that its own row's checks do not refuse. */
async function bodyOf({ resource, fixtures }: Suite, index: number): Promise<JsonObject> {
  const body = await fixtures.newBody(resource, creatable(resource), index);
  if (breaksCheck(resource, created(resource, body))) throw new NoSoundRow(resource.name);
  return withoutId(body);
}

function withoutId(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== 'id'));
}

async function demand(suite: Suite): Promise<void> {
  assertProblem(await create(suite, await bodyOf(suite, 0)), 422, { '/id': 'required' });
}

function create({ api, resource }: Suite, body: JsonObject): Promise<Answer> {
  return api.send('POST', resource.path, { body });
}
