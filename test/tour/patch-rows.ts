import { isDeepStrictEqual } from 'node:util';
import { comparable, sameValue } from './compare.ts';
import {
  hasConflicts,
  isNullable,
  list,
  movesOf,
  partBodyOf,
  propertiesOf,
  withoutParts,
  type Collection,
} from './document.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { breaksCheck, createBody, createRow, postBody, rowsOf, valueOf, type CreatedRow, type World } from './world.ts';

/** Patches each property alone; only it changes, and the version with it. */
export async function patchRows(world: World, collection: Collection): Promise<void> {
  if (collection.update === undefined) return;
  const first = collection.create === undefined ? undefined : await createRow(world, collection, { all: true });
  if (first === undefined) return;
  let current = first;
  for (const [key, schema] of propertiesOf(world.document, collection.update.body)) {
    if (isStateMachine(collection, key)) {
      await walkStates(world, collection, key, schema);
      continue;
    }
    for (const value of await patchValues(world, collection, key, schema, current.row[key])) {
      current = await patchOne(world, collection, current, { [key]: value });
    }
  }
  await patchNothing(world, collection, current);
  // Where creates meet no conflict nothing is unique, and 409 is of a state or a frozen row.
  if (collection.create !== undefined && hasConflicts(collection.create)) await collideByPatch(world, collection);
}

/** Whether the conflicts of creates may be those of rows that they bring along. */
function bringsParts({ document }: World, { create }: Collection): boolean {
  return [...propertiesOf(document, create?.body).values()].some(
    (schema) => partBodyOf(document, schema) !== undefined,
  );
}

function isStateMachine({ update }: Collection, key: string): boolean {
  const property = update === undefined ? undefined : (update.body?.['properties'] as JsonObject | undefined)?.[key];
  return isObject(property) && movesOf(property).size > 0;
}

async function patchValues(
  world: World,
  collection: Collection,
  key: string,
  schema: JsonObject,
  present: Json | undefined,
): Promise<readonly Json[]> {
  const fresh = await valueOf(world, collection.tag, key, schema);
  const values = fresh === undefined ? [] : [fresh];
  const other = list(schema['enum']).find((value) => value !== present && value !== null);
  return [
    ...values,
    ...(other === undefined ? [] : [other]),
    ...(schema['type'] === 'array' ? [[]] : []),
    ...(isNullable(schema) ? [null] : []),
  ];
}

/** Sends one patch and compares all of the row. */
async function patchOne(
  world: World,
  collection: Collection,
  before: CreatedRow,
  patch: JsonObject,
): Promise<CreatedRow> {
  const operation = collection.update;
  if (operation === undefined) return before;
  const answer = await world.client.send(operation, { id: before.id, body: patch });
  const expected = collection.get === undefined ? 204 : 200;
  // A schema with few values runs out of fresh ones, and then a unique stands in the way.
  if (answer.status === 409 || breaksCheck(answer)) return before;
  if (answer.status !== expected) {
    world.fail(`${operation.id} answered ${answer.status} to ${JSON.stringify(patch)}: ${JSON.stringify(answer.body)}`);
    return before;
  }
  const etag = answer.headers.get('etag') ?? '';
  if (etag === before.etag && collection.get !== undefined)
    world.fail(`${operation.id}: the ETag is the same after ${JSON.stringify(patch)}`);
  if (!isObject(answer.body)) return { ...before, etag };
  for (const problem of patchProblems(world, collection, before.row, patch, answer.body))
    world.fail(`${operation.id} with ${JSON.stringify(patch)}: ${problem}`);
  rowsOf(world, collection).set(before.id, answer.body);
  await compareWithGet(world, collection, before.id, answer.body);
  return { ...before, row: answer.body, etag };
}

function patchProblems(
  world: World,
  { update, create }: Collection,
  before: JsonObject,
  patch: JsonObject,
  after: JsonObject,
): readonly string[] {
  const schemas = propertiesOf(world.document, update?.body);
  const written = Object.entries(patch)
    .filter(([key, value]) => Object.hasOwn(after, key) && !sameValue(schemas.get(key) ?? {}, value, after[key]))
    .map(([key]) => `${key} is ${JSON.stringify(after[key])}`);
  // What nobody writes may be computed of what is patched.
  const kept = ['id', 'createdAt', ...schemas.keys(), ...propertiesOf(world.document, create?.body).keys()];
  const others = Object.keys(before)
    .filter((key) => kept.includes(key) && !Object.hasOwn(patch, key) && !isDeepStrictEqual(before[key], after[key]))
    .map((key) => `${key} changed from ${JSON.stringify(before[key])} to ${JSON.stringify(after[key])}`);
  const [earlier, later] = [before, after].map(
    (row) => comparable({ format: 'date-time' }, row['updatedAt'] ?? '') as bigint,
  );
  const times = later! >= earlier! ? [] : ['updatedAt went back'];
  return [...written, ...others, ...times];
}

async function compareWithGet(world: World, { get, update }: Collection, id: string, row: JsonObject): Promise<void> {
  if (get === undefined) return;
  const answer = await world.client.send(get, { id });
  if (!isDeepStrictEqual(answer.body, row)) world.fail(`${get.id} and ${update?.id} show different rows`);
}

/** An empty patch changes nothing, not even the version. */
async function patchNothing(world: World, { update, get }: Collection, { id, etag }: CreatedRow): Promise<void> {
  if (update === undefined) return;
  const answer = await world.client.send(update, { id, body: {} });
  if (answer.status >= 300) world.fail(`${update.id} answered ${answer.status} to an empty patch`);
  if (get !== undefined && answer.headers.get('etag') !== etag)
    world.fail(`${update.id}: an empty patch raised the version`);
}

/** Every move of the machine is made once, every other pair of states is refused with 409. */
async function walkStates(world: World, collection: Collection, key: string, schema: JsonObject): Promise<void> {
  const moves = movesOf(schema);
  const initial = propertiesOf(world.document, collection.create?.body).get(key);
  const starts = list(initial?.['enum'] ?? schema['enum']).map(String);
  const routes = routesTo(starts, moves);
  for (const [state, route] of routes) {
    for (const next of moves.keys()) {
      const row = await atState(world, collection, key, route);
      if (row === undefined || collection.update === undefined) continue;
      const answer = await world.client.send(collection.update, { id: row.id, body: { [key]: next } });
      const allowed = next === state || moves.get(state)?.includes(next) === true;
      if (allowed ? answer.status >= 300 : answer.status !== 409)
        world.fail(`${collection.update.id}: ${key} from ${state} to ${next} answered ${answer.status}`);
      if (isObject(answer.body) && answer.status === 200) rowsOf(world, collection).set(row.id, answer.body);
    }
  }
}

/** The states on the way to each state that can be reached. */
function routesTo(
  starts: readonly string[],
  moves: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const routes = new Map<string, readonly string[]>(starts.map((state) => [state, [state]] as const));
  for (const [state, route] of routes) {
    for (const next of moves.get(state) ?? []) if (!routes.has(next)) routes.set(next, [...route, next]);
  }
  return routes;
}

async function atState(
  world: World,
  collection: Collection,
  key: string,
  [start = '', ...steps]: readonly string[],
): Promise<CreatedRow | undefined> {
  let row = await createRow(world, collection, { set: { [key]: start } });
  for (const state of steps) if (row !== undefined) row = await patchOne(world, collection, row, { [key]: state });
  return row;
}

/** Gives one row the values of another; where that is no conflict, a move or a unique is missing. */
async function collideByPatch(world: World, collection: Collection): Promise<void> {
  const { update, create } = collection;
  if (update === undefined || create === undefined || !hasConflicts(update)) return;
  const seenBefore = world.client.seen.has(`${update.id} 409`);
  const changeable = [...propertiesOf(world.document, update.body).keys()].filter(
    (key) => !isStateMachine(collection, key),
  );
  const own = async (): Promise<JsonObject> =>
    withoutParts(world.document, create, await createBody(world, collection, { all: true }));
  const [original, other] = [await own(), await own()];
  const fixed = Object.fromEntries(
    Object.entries(original).filter(([key]) => key !== 'id' && !changeable.includes(key)),
  );
  if ((await postBody(world, collection, original)).status !== 201) return;
  let answer = await postBody(world, collection, { ...other, ...fixed });
  const isAlike = answer.status === 409;
  if (isAlike) answer = await postBody(world, collection, other);
  if (!isObject(answer.body) || answer.status !== 201) return;
  const patch = Object.fromEntries(Object.entries(original).filter(([key]) => changeable.includes(key)));
  const collision = await world.client.send(update, { id: String(answer.body['id']), body: patch });
  if (collision.status === 200 && isObject(collision.body))
    rowsOf(world, collection).set(String(answer.body['id']), collision.body);
  // Of a unique with what never changes only a row that has that too tells; a value of both was in its way.
  const isUncertain = isAlike && Object.keys(patch).some((key) => isDeepStrictEqual(other[key], original[key]));
  if (collision.status === 409 || seenBefore || isUncertain) return;
  if (!bringsParts(world, collection) && !mayBeEmpty(answer.body, original))
    world.fail(`${update.id} declares 409 and answered ${collision.status} to the values of another row`);
}

/** Whether a rule may need a value that a row has not, and that no body can give it. */
function mayBeEmpty(row: JsonObject, body: JsonObject): boolean {
  const keys = Object.keys(row).filter((key) => key !== 'id');
  return keys.length === 0 || keys.some((key) => row[key] === null && !Object.hasOwn(body, key));
}
