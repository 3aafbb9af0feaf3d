import assert from 'node:assert/strict';
import { test } from './test.ts';
import { assertProblem, assertStatus } from './assert-answer.ts';
import { uniquesOf } from './fixture-values.ts';
import { wholeRow } from './seeded-row.ts';
import {
  allows,
  changeable,
  creatable,
  created,
  fieldOf,
  type Json,
  type JsonObject,
  type ResourceCase,
} from './resource-case.ts';
import { fitToChecks } from './fit-row.ts';
import { breaksCheck, isFrozen } from './row-checks.ts';
import { titled, type Suite } from './suite.ts';

/** What two rows may not both have. */
export function testUniques(suite: Suite): void {
  const { resource } = suite;
  for (const keys of resource.uniques) {
    const roomForTwo = hasRoomForTwo(suite, keys);
    if (allows(resource, 'create') && canTakeOnCreate(suite, keys)) {
      test(titled('create refuses what is taken', keys.join(', ')), () => takeOnCreate(suite, keys));
    }
    if (allows(resource, 'update') && canTakeOnUpdate(suite, keys)) {
      test(titled('update refuses what is taken', keys.join(', ')), () => takeOnUpdate(suite, keys));
    }
    if (allows(resource, 'create') && canTakeOnCreate(suite, keys) && keys.length > 1 && roomForTwo) {
      test(titled('create takes a row that shares one of', keys.join(', ')), () => shareOne(suite, keys));
    }
  }
}

type Ground = Pick<Suite, 'resource' | 'fixtures'>;

/** Whether a row that has a value for each key leaves room for another. */
function hasRoomForTwo({ resource, fixtures: { values } }: Ground, keys: readonly string[]): boolean {
  return values.capacity(resource) >= values.holderOf(resource, keys) + 2;
}

/** Whether a create can bring the same values twice: by its body, or by a default. */
export function canTakeOnCreate(ground: Ground, keys: readonly string[]): boolean {
  const { resource, fixtures } = ground;
  if (fixtures.values.holderOf(resource, keys) > 0 && !hasRoomForTwo(ground, keys)) return false;
  return keys
    .map((key) => fieldOf(resource, key))
    .every(({ readOnly, default: preset }) => !readOnly || preset !== undefined);
}

/** Whether a patch can bring a row to the values of another. */
export function canTakeOnUpdate(ground: Ground, keys: readonly string[]): boolean {
  const { resource } = ground;
  const fields = changeable(resource).filter(({ key }) => resource.transitions[key] === undefined);
  return hasRoomForTwo(ground, keys) && keys.every((key) => fields.some((field) => field.key === key));
}

/** A row that has a value for each key, and the index of the next. */
async function holder({ resource, fixtures }: Ground, keys: readonly string[], overrides: JsonObject = {}) {
  const index = fixtures.values.holderOf(resource, keys);
  for (let before = 0; before < index; before++) await fixtures.row(resource, before);
  return { first: await fixtures.row(resource, index, overrides), next: index + 1 };
}

async function takeOnCreate(suite: Suite, keys: readonly string[]): Promise<void> {
  const { api, resource, fixtures } = suite;
  const presets = keys.map((key) => fieldOf(resource, key)).filter(({ readOnly }) => readOnly);
  const preset = Object.fromEntries(presets.map((field) => [field.key, field.default ?? null]));
  const { first, next } = await holder(suite, keys, { ...initialStates(resource, keys), ...preset });
  const taken = keys
    .filter((key) => !fieldOf(resource, key).readOnly)
    .map((key) => [key, spelledAlike(resource, key, first.values[key])] as const);
  const sent = await fixtures.newBody(resource, creatable(resource), next, Object.fromEntries(taken));
  const before = await fixtures.count(resource);
  if (breaksCheck(resource, created(resource, sent))) return;
  const answer = await api.send('POST', resource.path, { body: sent });
  assertProblem(answer, 409, placesOf(suite, keys, [first.values, created(resource, sent)]));
  assert.equal(await fixtures.count(resource), before);
}

/** A create body takes no other state. */
function initialStates({ transitions }: ResourceCase, keys: readonly string[]): JsonObject {
  const machines = Object.entries(transitions).filter(([key]) => keys.includes(key));
  return Object.fromEntries(machines.map(([key, { initial }]) => [key, initial[0] ?? null]));
}

async function takeOnUpdate(suite: Suite, keys: readonly string[]): Promise<void> {
  const { api, resource, fixtures } = suite;
  const { first, next } = await holder(suite, keys);
  const second = await fixtures.row(resource, next);
  const taken = Object.fromEntries(keys.map((key) => [key, spelledAlike(resource, key, first.values[key])]));
  const open = changeable(resource).filter(
    ({ key }) => resource.transitions[key] === undefined && !Object.hasOwn(taken, key),
  );
  const wished = fitToChecks(resource, { ...wholeRow(second), ...taken }, open, next);
  if (isFrozen(resource, wholeRow(second)) || breaksCheck(resource, wished)) return;
  const others = open.filter(({ key }) => wished[key] !== second.values[key]);
  const body = { ...taken, ...Object.fromEntries(others.map(({ key }) => [key, wished[key] ?? null])) };
  const answer = await api.send('PATCH', `${resource.path}/${second.id}`, { body });
  assertProblem(answer, 409, placesOf(suite, keys, [first.values, { ...second.values, ...body }]));
  assert.deepEqual(await fixtures.differences(resource, second.id, second.values), []);
}

/** Only all values together are taken. */
async function shareOne(suite: Suite, keys: readonly string[]): Promise<void> {
  const { api, resource, fixtures } = suite;
  const alone = resource.uniques.filter((unique) => unique.length === 1).flat();
  const [shared] = keys.filter(
    (key) => !alone.includes(key) && !fieldOf(resource, key).readOnly && resource.transitions[key] === undefined,
  );
  if (shared === undefined) return;
  const { first, next } = await holder(suite, keys);
  const set = { [shared]: first.values[shared] ?? null };
  const body = await fixtures.newBody(resource, creatable(resource), next, set);
  const isWhole = uniquesOf(resource).some((unique) =>
    unique.every((key) => JSON.stringify(body[key]) === JSON.stringify(first.values[key])),
  );
  if (!isWhole && !breaksCheck(resource, created(resource, body)))
    assertStatus(await api.send('POST', resource.path, { body }), 201);
}

function spelledAlike(resource: ResourceCase, key: string, value: Json | undefined): Json {
  const isEmail = fieldOf(resource, key).type === 'email' && typeof value === 'string';
  return isEmail ? swapCase(value) : (value ?? null);
}

/** Addresses are compared in any case of letters. */
function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

/** Where two rows break several rules together, or nothing else of a second row can differ, any of them may be the one that is told. */
function placesOf(
  ground: Ground,
  keys: readonly string[],
  [first, second]: readonly [JsonObject, JsonObject],
): Readonly<Record<string, string>> {
  const others = uniquesOf(ground.resource).filter((other) => other !== keys);
  const isSame = (key: string): boolean =>
    keys.includes(key) || (first[key] != null && JSON.stringify(first[key]) === JSON.stringify(second[key]));
  const isOneOfSeveral = others.some((other) => other.every(isSame));
  if (isOneOfSeveral || (others.length > 0 && !hasRoomForTwo(ground, keys))) return {};
  const code = ground.resource.uniqueNames?.[keys.join(', ')] ?? 'unique';
  return Object.fromEntries(keys.map((key) => [`/${key}`, code]));
}
