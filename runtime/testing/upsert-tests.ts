import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from './test.ts';
import type { Answer } from './api-client.ts';
import { assertProblem, assertStatus, property, shown, textProperty } from './assert-answer.ts';
import { reachable } from './fixture-values.ts';
import { allows, changeable, creatable, created, type FieldCase, type JsonObject } from './resource-case.ts';
import { breaksCheck, brokenChecks, isFrozen } from './row-checks.ts';
import { wholeRow, type SeededRow } from './seeded-row.ts';
import { titled, type Suite } from './suite.ts';
import { targetOf, unknownId, withOwnId } from './row-ids.ts';
import { targetsOf } from './transition-tests.ts';

/** What a request does that changes the row with a key, or creates it. */
export function testUpsert(suite: Suite): void {
  const { resource } = suite;
  const { upsert: keys } = resource;
  if (keys === undefined) return;
  test('upsert creates a row', () => createRow(suite));
  test('upsert changes the row with the key', () => changeRow(suite, keys));
  test('upsert keeps to its conditions', () => keepConditions(suite));
  test('upserts of one key at one time make one row', () => race(suite));
  for (const key of keys) test(titled('upsert demands', key), () => demand(suite, key));
  for (const field of creatable(resource).filter(({ key, immutable }) => immutable && !keys.includes(key)))
    test(titled('upsert changes nothing that is immutable', field.key), () => keepFixed(suite, field));
  for (const field of changeable(resource).filter(({ key }) => resource.transitions[key] !== undefined))
    test(titled('upsert keeps to the states', field.key), () => keepStates(suite, field));
}

/** At one time. */
const AT_ONCE = 5;

function send({ api, resource }: Suite, body: JsonObject, headers: Readonly<Record<string, string>> = {}) {
  return api.send('POST', `${resource.path}/upsert`, { body, headers });
}

/** A body that a row of its own can be made of; whether its checks let it be one. */
async function newBody({
  resource,
  fixtures,
}: Suite): Promise<{ readonly body: JsonObject; readonly isSound: boolean }> {
  const body = withOwnId(resource, await fixtures.body(resource, creatable(resource), 0));
  return { body, isSound: !breaksCheck(resource, created(resource, body)) };
}

/** The body that says of a row what it says already. */
function bodyOf({ resource }: Suite, { id, values }: SeededRow): JsonObject {
  const body = Object.fromEntries(creatable(resource).map(({ key }) => [key, values[key] ?? null]));
  return resource.id === 'string' ? { id, ...body } : body;
}

async function createRow(suite: Suite): Promise<void> {
  const { resource, fixtures } = suite;
  const { body, isSound } = await newBody(suite);
  const before = await fixtures.count(resource);
  const headers = { 'idempotency-key': randomUUID() };
  const answer = await send(suite, body, headers);
  if (!isSound) return assertProblem(answer, 422, brokenChecks(resource, created(resource, body)));
  assertStatus(answer, 201);
  const id = textProperty(answer.body, 'id');
  const expected = { ...created(resource, body), ...(await fixtures.made(resource, id, body)) };
  assert.deepEqual(await fixtures.differences(resource, id, expected), [], 'columns that hold something else');
  assert.equal(answer.headers.get('location'), allows(resource, 'read') ? `${resource.path}/${id}` : null);
  const again = await send(suite, body, headers);
  assert.equal(again.text, answer.text);
  assert.equal(again.headers.get('idempotent-replayed'), 'true');
  assert.equal(await fixtures.count(resource), before + 1);
}

async function changeRow(suite: Suite, keys: readonly string[]): Promise<void> {
  const { resource, fixtures } = suite;
  const first = await fixtures.row(resource, 0);
  const open = changeable(resource).filter(({ key }) => !keys.includes(key) && resource.transitions[key] === undefined);
  const patch = await fixtures.body(resource, open, 1);
  const row = await fixtures.current(resource, first);
  const before = await fixtures.count(resource);
  const answer = await send(suite, { ...bodyOf(suite, row), ...patch });
  const next = { ...wholeRow(row), ...patch };
  const changes = changeable(resource).some(({ key, type }) => !keys.includes(key) || type === 'email');
  if (changes && isFrozen(resource, wholeRow(row))) return assertProblem(answer, 409);
  if (changes && breaksCheck(resource, next)) return assertProblem(answer, 422, brokenChecks(resource, next));
  assertChanged(suite, answer);
  assert.equal(answer.headers.get('etag'), await fixtures.etagAfter(resource, row, changes ? 1 : 0));
  const values = { ...row.values, ...patch, ...(await fixtures.computed(resource, row.id)) };
  assert.deepEqual(await fixtures.differences(resource, row.id, values), [], 'columns that hold something else');
  assert.equal(await fixtures.count(resource), before);
  if (!allows(resource, 'read')) return;
  const updatedAt = textProperty(answer.body, 'updatedAt');
  assert.deepEqual(answer.body, { id: row.id, ...shown(resource, values), createdAt: row.createdAt, updatedAt });
}

function assertChanged({ resource }: Suite, answer: Answer): void {
  assertStatus(answer, allows(resource, 'read') ? 200 : 204);
  assert.equal(answer.headers.get('location'), null);
}

async function keepConditions(suite: Suite): Promise<void> {
  const { resource, fixtures } = suite;
  const { body } = await newBody(suite);
  const before = await fixtures.count(resource);
  for (const ifMatch of ['*', '"1"']) assertProblem(await send(suite, body, { 'if-match': ifMatch }), 412);
  assertProblem(await send(suite, body, { 'if-match': 'one' }), 400, { 'If-Match': 'format' });
  assertProblem(await send(suite, body, { 'if-none-match': '"1"' }), 400, { 'If-None-Match': 'format' });
  assert.equal(await fixtures.count(resource), before);
  await fixtures.clear();
  const row = await fixtures.row(resource, 0);
  assertProblem(await send(suite, bodyOf(suite, row), { 'if-none-match': '*' }), 412);
  assertProblem(await send(suite, bodyOf(suite, row), { 'if-match': `"${Number(row.version) + 1}"` }), 412);
  assert.deepEqual(await fixtures.differences(resource, row.id, row.values), []);
  if (isFrozen(resource, wholeRow(row))) return;
  assertChanged(suite, await send(suite, bodyOf(suite, row), { 'if-match': `"${row.version}"` }));
}

async function race(suite: Suite): Promise<void> {
  const { resource, fixtures } = suite;
  const { body, isSound } = await newBody(suite);
  if (!isSound) return;
  const before = await fixtures.count(resource);
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => send(suite, body)));
  const others = answers.filter(({ status }) => status !== 201);
  assert.equal(others.length, AT_ONCE - 1, 'not one row was made');
  for (const answer of others) if (answer.status !== 409) assertChanged(suite, answer);
  assert.equal(await fixtures.count(resource), before + 1);
}

async function demand(suite: Suite, key: string): Promise<void> {
  const { body } = await newBody(suite);
  const rest = Object.fromEntries(Object.entries(body).filter(([name]) => name !== key));
  assertProblem(await send(suite, rest), 422, { [`/${key}`]: 'required' });
}

async function keepFixed(suite: Suite, field: FieldCase): Promise<void> {
  const { resource, fixtures } = suite;
  const row = await fixtures.row(resource, 0);
  const present = JSON.stringify(row.values[field.key]);
  const values = field.to === undefined ? field.values : [unknownId(targetOf(field, suite.resources))];
  const other = values.find((value) => JSON.stringify(value) !== present);
  if (other === undefined || field.links !== undefined) return;
  const answer = await send(suite, { ...bodyOf(suite, row), [field.key]: other });
  assertProblem(answer, 409, { [`/${field.key}`]: 'immutable' });
  assert.deepEqual(await fixtures.differences(resource, row.id, row.values), []);
}

async function keepStates(suite: Suite, field: FieldCase): Promise<void> {
  const { resource, fixtures } = suite;
  const machine = resource.transitions[field.key];
  const [from = ''] = machine?.initial ?? [];
  if (machine === undefined || resource.upsert?.includes(field.key)) return;
  const row = await fixtures.row(resource, 0, { [field.key]: from });
  for (const to of targetsOf(field, machine, from).filter((state) => !machine.next[from]?.includes(state))) {
    const answer = await send(suite, { ...bodyOf(suite, row), [field.key]: to });
    assertProblem(answer, 409, { [`/${field.key}`]: 'transition' });
  }
  assert.deepEqual(await fixtures.differences(resource, row.id, row.values), []);
  await fixtures.clear();
  const later = reachable(machine).find((state) => !machine.initial.includes(state));
  const { body } = await newBody(suite);
  if (later === undefined) return;
  const answer = await send(suite, { ...body, [field.key]: later });
  assertProblem(answer, 409, { [`/${field.key}`]: 'transition' });
  assert.equal(property(answer.body, 'id'), undefined);
}
