import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { sameValue } from './compare.ts';
import {
  hasConflicts,
  itemTargetOf,
  list,
  partBodyOf,
  propertiesOf,
  requiredOf,
  targetOf,
  withoutParts,
  type Collection,
} from './document.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { breaksCheck, createBody, createRow, isWhole, postBody, rowsOf, type World } from './world.ts';

/** Creates rows from the document alone, at every limit, and reads each back. */
export async function createRows(world: World, collection: Collection): Promise<void> {
  if (collection.create === undefined) return;
  for (const wish of [{}, { all: true }, {}, { all: true }]) await createAndCompare(world, collection, wish);
  for (const set of boundarySets(world, collection)) await createAtLimits(world, collection, set);
  await createInBulk(world, collection);
  await repeatCreate(world, collection);
  await repeatParts(world, collection);
  await replayCreate(world, collection);
  if (!isWhole(collection, await createBody(world, collection, {}))) return;
  const { size } = rowsOf(world, collection);
  // A unique with few values leaves room for no more.
  const isFull = world.client.seen.has(`${collection.create.id} 409`);
  if (size < (isFull ? 1 : 2)) world.fail(`${collection.create.id}: only ${size} rows could be created`);
}

/** Bodies with a boundary value in each property, until each value of each property has been in one. */
function boundarySets(world: World, { create }: Collection): readonly JsonObject[] {
  const lists = [...propertiesOf(world.document, create?.body)]
    .filter(
      ([key, schema]) =>
        key !== 'id' && (targetOf(schema) ?? itemTargetOf(schema) ?? partBodyOf(world.document, schema)) === undefined,
    )
    .map(([key, schema]) => [key, world.values.boundaries(schema)] as const);
  const length = Math.max(0, ...lists.map(([, values]) => values.length));
  return Array.from({ length }, (_, index) =>
    Object.fromEntries(
      lists.flatMap(([key, values]) => (index < values.length ? [[key, values[index] ?? null] as const] : [])),
    ),
  );
}

/** Bodies have limits that the document does not tell. */
const MOST_BYTES = 9000;

/** What cannot be created together is created in halves, down to the one value that is at fault. */
async function createAtLimits(world: World, collection: Collection, set: JsonObject): Promise<void> {
  const entries = Object.entries(set);
  const isSmall = Buffer.byteLength(JSON.stringify(set)) <= MOST_BYTES;
  if (entries.length <= 1) return createAndCompare(world, collection, { set });
  if (isSmall) {
    const body = await createBody(world, collection, { set });
    const answer = await postBody(world, collection, body);
    if (answer.status === 201 && isObject(answer.body)) {
      compareWithBody(world, collection, body, answer.body);
      return readBack(world, collection, String(answer.body['id']), answer.body);
    }
  }
  const middle = Math.ceil(entries.length / 2);
  for (const half of [entries.slice(0, middle), entries.slice(middle)])
    await createAtLimits(world, collection, Object.fromEntries(half));
}

async function createAndCompare(
  world: World,
  collection: Collection,
  wish: { readonly all?: boolean; readonly set?: JsonObject },
): Promise<void> {
  const created = await createRow(world, collection, wish);
  if (created === undefined) return;
  compareWithBody(world, collection, created.body, created.shown);
  await readBack(world, collection, created.id, created.row);
}

/** Every written value is there, and every value left out is its default or null. */
function compareWithBody(world: World, collection: Collection, body: JsonObject, row: JsonObject): void {
  if (collection.get === undefined) return;
  compareMembers(world, `${collection.create?.id}`, collection.create?.body, body, row);
}

function compareMembers(
  world: World,
  name: string,
  bodySchema: JsonObject | undefined,
  body: JsonObject,
  row: JsonObject,
): void {
  for (const [key, schema] of propertiesOf(world.document, bodySchema)) {
    const part = partBodyOf(world.document, schema);
    if (part !== undefined) {
      compareParts(world, `${name} ${key}`, part, list(body[key]), row[key]);
      continue;
    }
    if (!Object.hasOwn(row, key) || (!Object.hasOwn(body, key) && isWorkedOut(schema))) continue;
    const expected: Json = Object.hasOwn(body, key) ? (body[key] ?? null) : (schema['default'] ?? null);
    if (!sameValue(schema, expected, row[key])) {
      world.fail(
        `${name}: ${key} is ${JSON.stringify(row[key])} after writing ${JSON.stringify(body[key])}, not ${JSON.stringify(expected)}`,
      );
    }
  }
}

/** Every row that was brought along is there, in its place, with every written value. */
function compareParts(
  world: World,
  name: string,
  schema: JsonObject,
  bodies: readonly Json[],
  shown: Json | undefined,
): void {
  const rows = list(shown);
  if (rows.length !== bodies.length)
    return world.fail(`${name}: ${rows.length} rows are shown after bringing ${bodies.length}`);
  for (const [index, body] of bodies.entries()) {
    const row = rows[index];
    if (isObject(body) && isObject(row)) compareMembers(world, name, schema, body, row);
  }
}

/** Of what the database works out where it is left out, the document tells in words alone. */
function isWorkedOut({ description }: JsonObject): boolean {
  return String(description).includes('If absent: ');
}

async function readBack(world: World, { get, create }: Collection, id: string, row: JsonObject): Promise<void> {
  if (get === undefined) return;
  const answer = await world.client.send(get, { id });
  if (answer.status !== 200) world.fail(`${get.id} answered ${answer.status} for a row that ${create?.id} made`);
  else if (!isDeepStrictEqual(answer.body, withoutParts(world.document, create, row)))
    world.fail(
      `${get.id} and ${create?.id} show different rows: ${JSON.stringify(answer.body)} and ${JSON.stringify(row)}`,
    );
}

/** The same body twice: a conflict wherever one is declared, for then something in it is unique. */
async function repeatCreate(world: World, collection: Collection): Promise<void> {
  const operation = collection.create;
  if (operation === undefined) return;
  const body = await createBody(world, collection, { all: true });
  const first = await postBody(world, collection, body);
  // Before another row can change what is computed in this one.
  if (first.status === 201 && isObject(first.body))
    await followLocation(
      world,
      collection,
      first.headers.get('location'),
      withoutParts(world.document, operation, first.body),
    );
  const second = await postBody(world, collection, body);
  // With the id of the first in its body the second is the first again.
  const isSame = Object.hasOwn(body, 'id') && '200' in operation.responses;
  const expected = isSame ? 200 : hasConflicts(operation) ? 409 : 201;
  // What conflicts may be in the rows that a body brings, or in a link that no row is there for.
  const hasAll = [...propertiesOf(world.document, operation.body).keys()].every((key) => Object.hasOwn(body, key));
  const isCertain = hasAll && isDeepStrictEqual(withoutParts(world.document, operation, body), body);
  if (isCertain && first.status === 201 && second.status !== expected)
    world.fail(`${operation.id} answered ${second.status}, not ${expected}, to the same body twice`);
  if (isSame && first.status === 201) await takeId(world, collection, body);
}

/** Rows that bring a part twice: parts may be unique within their row, which the document tells of none. */
async function repeatParts(world: World, collection: Collection): Promise<void> {
  if (collection.create === undefined || !hasConflicts(collection.create)) return;
  const all = await createBody(world, collection, { all: true });
  const own = withoutParts(world.document, collection.create, all);
  for (const [key, parts] of Object.entries(all)) {
    if (Object.hasOwn(own, key)) continue;
    const twice = list(parts)
      .slice(0, 1)
      .flatMap((part) => [part, part]);
    const answer = await postBody(world, collection, await createBody(world, collection, { set: { [key]: twice } }));
    // Checks may ask for more than the smallest body has.
    if (breaksCheck(answer)) await postBody(world, collection, { ...all, [key]: twice });
  }
}

/** Another row by the id of one that is there. */
async function takeId(world: World, collection: Collection, body: JsonObject): Promise<void> {
  const { id = null } = body;
  const other = await createBody(world, collection, { all: true, set: { id } });
  // The schema may have no more values, and links no other row to lead to.
  if (isDeepStrictEqual(other, body)) return;
  const answer = await postBody(world, collection, other);
  if (answer.status !== 409) world.fail(`${collection.create?.id} answered ${answer.status} to the id of another row`);
}

/** The same body twice under one key: one row and one answer. */
async function replayCreate(world: World, collection: Collection): Promise<void> {
  const operation = collection.create;
  if (operation === undefined) return;
  const [body, headers] = [await createBody(world, collection, { all: true }), { 'idempotency-key': randomUUID() }];
  const [first, second] = [
    await postBody(world, collection, body, headers),
    await postBody(world, collection, body, headers),
  ];
  if (first.status !== 201) return;
  if (second.status !== 201 || !isDeepStrictEqual(second.body, first.body))
    world.fail(`${operation.id} answered ${second.status} with another body to the same key`);
  if (first.headers.has('idempotent-replayed') || !second.headers.has('idempotent-replayed'))
    world.fail(`${operation.id} does not tell which answer is a replay`);
}

async function followLocation(
  world: World,
  { get, create }: Collection,
  location: string | null,
  row: JsonObject,
): Promise<void> {
  if (get === undefined || location === null) return;
  const response = await fetch(new URL(location, world.client.base));
  if (response.status !== 200 || !isDeepStrictEqual(await response.json(), row))
    world.fail(`${create?.id}: Location ${location} does not lead to the row`);
}

/** Properties a create body must have. */
export function requiredProperties({ create }: Collection): readonly string[] {
  return requiredOf(create?.body);
}

/** A bulk request makes what single ones make, or nothing. */
async function createInBulk(world: World, collection: Collection): Promise<void> {
  const { bulkCreate, get } = collection;
  if (bulkCreate === undefined || get === undefined) return;
  const body = await createBody(world, collection, {});
  if (!isWhole(collection, body)) return;
  const answer = await world.client.send(bulkCreate, { body: { data: [body] } });
  if (answer.status === 409 || breaksCheck(answer)) return;
  const [row] = isObject(answer.body) && Array.isArray(answer.body['data']) ? answer.body['data'] : [];
  if (answer.status !== 201 || !isObject(row)) {
    world.fail(`${bulkCreate.id} answered ${answer.status}: ${JSON.stringify(answer.body).slice(0, 300)}`);
    return;
  }
  const id = String(row['id']);
  rowsOf(world, collection).set(id, row);
  compareWithBody(world, collection, body, row);
  await readBack(world, collection, id, row);
}
