import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertProblem, assertStatus } from './assert-answer.ts';
import { allows, changeable, creatable, fieldOf, type Json, type JsonObject, type ResourceCase } from './resource-case.ts';
import { titled, type Suite } from './suite.ts';

/** What two rows may not both have. */
export function testUniques(suite: Suite): void {
  const { resource, fixtures } = suite;
  const roomForTwo = fixtures.values.capacity(resource) >= 2;
  for (const keys of resource.uniques) {
    if (allows(resource, 'create') && canTakeOnCreate(resource, keys)) {
      test(titled('create refuses what is taken', keys.join(', ')), () => takeOnCreate(suite, keys));
    }
    if (allows(resource, 'update') && roomForTwo && canTakeOnUpdate(resource, keys)) {
      test(titled('update refuses what is taken', keys.join(', ')), () => takeOnUpdate(suite, keys));
    }
    if (allows(resource, 'create') && canTakeOnCreate(resource, keys) && keys.length > 1 && roomForTwo) {
      test(titled('create takes a row that shares one of', keys.join(', ')), () => shareOne(suite, keys));
    }
  }
}

/** Whether a create can bring the same values twice: by its body, or by a default. */
export function canTakeOnCreate(resource: ResourceCase, keys: readonly string[]): boolean {
  return keys.map((key) => fieldOf(resource, key)).every(({ readOnly, default: preset }) => !readOnly || preset !== undefined);
}

/** Whether a patch can bring a row to the values of another. */
export function canTakeOnUpdate(resource: ResourceCase, keys: readonly string[]): boolean {
  const fields = changeable(resource);
  return keys.every((key) => fields.some((field) => field.key === key && resource.transitions[key] === undefined));
}

async function takeOnCreate({ api, resource, fixtures }: Suite, keys: readonly string[]): Promise<void> {
  const presets = keys.map((key) => fieldOf(resource, key)).filter(({ readOnly }) => readOnly);
  const first = await fixtures.row(resource, 0, Object.fromEntries(presets.map((field) => [field.key, field.default ?? null])));
  const body = await fixtures.body(resource, creatable(resource), 1);
  const taken = keys.filter((key) => key in body).map((key) => [key, spelledAlike(resource, key, first.values[key])] as const);
  const before = await fixtures.count(resource);
  const answer = await api.send('POST', resource.path, { body: { ...body, ...Object.fromEntries(taken) } });
  assertProblem(answer, 409, placesOf(keys));
  assert.equal(await fixtures.count(resource), before);
}

async function takeOnUpdate({ api, resource, fixtures }: Suite, keys: readonly string[]): Promise<void> {
  const first = await fixtures.row(resource, 0);
  const second = await fixtures.row(resource, 1);
  const body = Object.fromEntries(keys.map((key) => [key, spelledAlike(resource, key, first.values[key])]));
  assertProblem(await api.send('PATCH', `${resource.path}/${second.id}`, { body }), 409, placesOf(keys));
  assert.deepEqual(await fixtures.differences(resource, second.id, second.values), []);
}

/** Only all values together are taken. */
async function shareOne({ api, resource, fixtures }: Suite, keys: readonly string[]): Promise<void> {
  const alone = resource.uniques.filter((unique) => unique.length === 1).flat();
  const [shared] = keys.filter((key) => !alone.includes(key) && !fieldOf(resource, key).readOnly && resource.transitions[key] === undefined);
  if (shared === undefined) return;
  const first = await fixtures.row(resource, 0);
  const body: JsonObject = { ...(await fixtures.body(resource, creatable(resource), 1)), [shared]: first.values[shared] ?? null };
  const isWhole = resource.uniques.some((unique) => unique.every((key) => JSON.stringify(body[key]) === JSON.stringify(first.values[key])));
  if (!isWhole) assertStatus(await api.send('POST', resource.path, { body }), 201);
}

function spelledAlike(resource: ResourceCase, key: string, value: Json | undefined): Json {
  const isEmail = fieldOf(resource, key).type === 'email' && typeof value === 'string';
  return isEmail ? swapCase(value) : (value ?? null);
}

/** Addresses are compared in any case of letters. */
function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

function placesOf(keys: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(keys.map((key) => [`/${key}`, 'unique']));
}
