import assert from 'node:assert/strict';
import { test } from './test.ts';
import type { Answer } from './api-client.ts';
import { assertProblem, assertStatus, property, shown, textProperty, withoutParts } from './assert-answer.ts';
import { ROWS } from './fixture-values.ts';
import { allows, creatable, created, isRequired, type FieldCase, type Json, type JsonObject } from './resource-case.ts';
import { checkPresets } from './presets.ts';
import { breaksCheck, brokenChecks } from './row-checks.ts';
import { titled, type Suite } from './suite.ts';

/** What a create stores and answers. */
export function testCreate(suite: Suite): void {
  const { resource, fixtures } = suite;
  const fields = creatable(resource);
  for (let index = 0; index < Math.min(ROWS, fixtures.values.capacity(resource)); index++) {
    test(`create stores every field of body ${index + 1}`, async () => {
      await createAndCheck(suite, await fixtures.newBody(resource, fields, index));
    });
  }
  test('create gives the fields that are left out their defaults', async () => {
    await createAndCheck(suite, await fixtures.newBody(resource, fields.filter(isRequired), 0));
  });
  test('create takes null for every optional field', async () => {
    const nulls = fields.filter(({ optional, many }) => optional && !many).map(({ key }) => [key, null] as const);
    await createAndCheck(suite, {
      ...(await fixtures.newBody(resource, fields.filter(isRequired), 0)),
      ...Object.fromEntries(nulls),
    });
  });
  for (const field of resource.fields.filter(({ sequence }) => sequence)) {
    test(titled('create numbers rows one after the other', field.key), () => checkNumbers(suite, field));
  }
  for (const field of fields) testSpellings(suite, field);
}

/** No number twice, each more than those before; one that a refused create has taken is left out. */
async function checkNumbers({ api, resource, fixtures }: Suite, field: FieldCase): Promise<void> {
  const rows = Math.min(ROWS, fixtures.values.capacity(resource));
  const numbers: bigint[] = [];
  for (let index = 0; index < rows; index++) {
    const body = await fixtures.newBody(resource, creatable(resource), index);
    const answer = await api.send('POST', resource.path, { body });
    if (answer.status !== 201) continue;
    const made = await fixtures.computed(resource, textProperty(answer.body, 'id'));
    numbers.push(BigInt(String(made[field.key])));
  }
  const ascending = numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? number));
  assert.ok(ascending, `numbers do not ascend: ${numbers.join(', ')}`);
}

/** Values of one field that the bodies above need not hold. */
function testSpellings(suite: Suite, field: FieldCase): void {
  const { resource } = suite;
  if (field.spelled !== undefined) {
    test(titled('create answers another spelling in the usual one', field.key), () =>
      createWith(suite, field, field.spelled ?? null, field.values[0] ?? null),
    );
  }
  for (const [index, value] of (field.edges ?? []).entries()) {
    test(titled(`create takes value ${index + 1} on the limits`, field.key), () =>
      createWith(suite, field, value, value),
    );
  }
  const machine = resource.transitions[field.key];
  for (const value of field.many ? [] : (machine?.initial ?? field.enum ?? [])) {
    test(titled('create takes the value', `${field.key}=${value}`), () => createWith(suite, field, value, value));
  }
}

async function createWith(suite: Suite, field: FieldCase, sent: Json, expected: Json): Promise<void> {
  const { resource, fixtures } = suite;
  // A row at the other end of a cycle might hold the very value that is to be tried.
  const fields = creatable(resource).filter((other) => !other.optional || !fixtures.values.isCyclic(resource, other));
  const body = await fixtures.newBody(resource, fields, 0);
  await createAndCheck(suite, { ...body, [field.key]: sent }, { ...body, [field.key]: expected });
}

async function createAndCheck(suite: Suite, sent: JsonObject, meant: JsonObject = sent): Promise<void> {
  const { api, resource, fixtures } = suite;
  const answer = await api.send('POST', resource.path, { body: sent });
  if (breaksCheck(resource, created(resource, meant)))
    return assertProblem(answer, 422, brokenChecks(resource, created(resource, meant)));
  assertStatus(answer, 201);
  const id = textProperty(answer.body, 'id');
  const expected = { ...created(resource, meant), ...(await fixtures.made(resource, id, meant)) };
  const location = resource.operations.includes('read') ? `${resource.path}/${id}` : null;
  assert.equal(answer.headers.get('location'), location);
  assert.match(answer.headers.get('etag') ?? '', /^"\d+"$/);
  if (allows(resource, 'read')) await checkReadBack(suite, answer, expected, meant);
  else assert.deepEqual(answer.body, { id });
  assert.deepEqual(await fixtures.differences(resource, id, expected), [], 'columns that hold something else');
}

async function checkReadBack(
  { api, resource }: Suite,
  answer: Answer,
  expected: JsonObject,
  sent: JsonObject,
): Promise<void> {
  const id = textProperty(answer.body, 'id');
  const createdAt = textProperty(answer.body, 'createdAt');
  checkPresets(resource, sent, expected, createdAt);
  const row = withoutParts(resource, answer.body);
  // Parts that come with a row may change what is computed there.
  const isAlone = !(resource.parts ?? []).some(({ key }) => Object.hasOwn(sent, key));
  const updatedAt = isAlone ? createdAt : textProperty(row, 'updatedAt');
  assert.deepEqual(row, { id, ...shown(resource, expected), createdAt, updatedAt });
  const read = await api.send('GET', `${resource.path}/${id}`);
  assertStatus(read, 200);
  assert.deepEqual(read.body, row);
  assert.equal(read.headers.get('etag'), answer.headers.get('etag'));
  assert.equal(property(read.body, 'version'), undefined);
}
