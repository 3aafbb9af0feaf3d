import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './answer.ts';
import { sameValue } from './compare.ts';
import { keysOf, movesOf, propertiesOf, requiredOf, type Collection, type Operation } from './document.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { breaksCheck, createBody, createRow, keepRow, rowsOf, valueOf, type World } from './world.ts';

/** Writes one row by its key again and again: it is made once, and then changed. */
export async function upsertRows(world: World, collection: Collection): Promise<void> {
  const { upsert } = collection;
  if (upsert === undefined) return;
  const body = await upsertBody(world, collection, upsert);
  if (!requiredOf(upsert.body).every((key) => Object.hasOwn(body, key))) return;
  const first = await world.client.send(upsert, { body, headers: { 'if-none-match': '*' } });
  if (first.status === 409 || breaksCheck(first) || (first.status === 412 && hasRow(world, collection, body))) return;
  if (first.status !== 201 || !isObject(first.body))
    return world.fail(`${upsert.id} answered ${first.status} to a key that no row has: ${first.raw.slice(0, 300)}`);
  keepRow(world, collection, first.body);
  compare(world, upsert, first, body);
  await keepConditions(world, upsert, body);
  await keepAnswer(world, upsert, body);
  await changeEach(world, collection, upsert, { id: String(first.body['id']), body });
  await meetConflicts(world, collection, upsert, body);
}

/** Whether a row is known to have the key: where keys have few values, no other may be left. */
function hasRow(world: World, collection: Collection, body: JsonObject): boolean {
  const { upsert } = collection;
  const properties = propertiesOf(world.document, upsert?.body);
  const keys = upsert === undefined ? [] : keysOf(upsert);
  const hasKey = (row: JsonObject): boolean =>
    keys.every((key) => sameValue(properties.get(key) ?? {}, body[key] ?? null, row[key]));
  return collection.get === undefined || [...rowsOf(world, collection).values()].some(hasKey);
}

/** What a new row can be made of, the key in it. */
export async function upsertBody(world: World, collection: Collection, upsert: Operation): Promise<JsonObject> {
  const body = await createBody(world, collection, { all: true });
  const properties = propertiesOf(world.document, upsert.body);
  return Object.fromEntries(Object.entries(body).filter(([key]) => properties.has(key)));
}

async function keepConditions({ client, fail }: World, upsert: Operation, body: JsonObject): Promise<void> {
  for (const [headers, wanted] of [
    [{ 'if-none-match': '*' }, 412],
    [{ 'if-match': '"999"' }, 412],
    [{ 'if-match': 'nonsense' }, 400],
    [{ 'if-none-match': '"1"' }, 400],
  ] as const) {
    const { status } = await client.send(upsert, { body, headers });
    if (status !== wanted) fail(`${upsert.id} answered ${status}, not ${wanted}, to ${JSON.stringify(headers)}`);
  }
}

/** With one key it is done once, and answered as the first time. */
async function keepAnswer({ client, fail }: World, upsert: Operation, body: JsonObject): Promise<void> {
  const headers = { 'idempotency-key': randomUUID() };
  const first = await client.send(upsert, { body, headers });
  const again = await client.send(upsert, { body, headers });
  if (first.status !== again.status || (first.status === 200 && first.raw !== again.raw))
    fail(`${upsert.id} answered ${again.status} and ${again.raw.slice(0, 300)} to the key that it had answered before`);
}

interface Upserted {
  readonly id: string;
  readonly body: JsonObject;
}

/** Each property alone; what is left out keeps its value. */
async function changeEach(
  world: World,
  collection: Collection,
  upsert: Operation,
  { id, body }: Upserted,
): Promise<void> {
  const changeable = propertiesOf(world.document, collection.update?.body);
  const required = new Set([...keysOf(upsert), ...requiredOf(upsert.body)]);
  const smallest = Object.fromEntries(Object.entries(body).filter(([key]) => required.has(key)));
  const current: { body: JsonObject } = { body };
  for (const [key, schema] of changeable) {
    if (keysOf(upsert).includes(key) || movesOf(schema).size > 0) continue;
    const value = await valueOf(world, collection.tag, key, schema);
    if (value === undefined) continue;
    const sent = { ...smallest, ...pick(current.body, required), [key]: value };
    const answer = await world.client.send(upsert, { body: sent });
    if (answer.status === 409 || breaksCheck(answer)) continue;
    const wanted = collection.get === undefined ? 204 : 200;
    if (answer.status !== wanted)
      return world.fail(`${upsert.id} answered ${answer.status}, not ${wanted}: ${answer.raw.slice(0, 300)}`);
    current.body = { ...current.body, [key]: value };
    compare(world, upsert, answer, current.body);
    await readBack(world, collection, id, answer);
  }
}

function pick(body: JsonObject, keys: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([key]) => keys.has(key)));
}

function compare(world: World, { id, body: schema }: Operation, { body: row }: Answer, body: JsonObject): void {
  if (!isObject(row)) return;
  for (const [key, property] of propertiesOf(world.document, schema)) {
    if (!Object.hasOwn(row, key) || !Object.hasOwn(body, key)) continue;
    const expected: Json = body[key] ?? null;
    if (!sameValue(property, expected, row[key]))
      world.fail(`${id}: ${key} is ${JSON.stringify(row[key])}, not ${JSON.stringify(expected)}`);
  }
}

async function readBack(world: World, collection: Collection, id: string, answer: Answer): Promise<void> {
  const { get, upsert } = collection;
  if (get === undefined || !isObject(answer.body)) return;
  rowsOf(world, collection).set(id, answer.body);
  const read = await world.client.send(get, { id });
  if (!isDeepStrictEqual(read.body, answer.body)) world.fail(`${get.id} and ${upsert?.id} show different rows`);
}

/** What other rows have, what never changes, and each state. */
async function meetConflicts(world: World, collection: Collection, upsert: Operation, body: JsonObject): Promise<void> {
  const changeable = propertiesOf(world.document, collection.update?.body);
  const fresh = await upsertBody(world, collection, upsert);
  const twin = await world.client.send(upsert, { body: { ...body, ...pick(fresh, new Set(keysOf(upsert))) } });
  // Where keys run out it is a row that is there.
  if (twin.status <= 201 && isObject(twin.body)) keepRow(world, collection, twin.body);
  const other = await createRow(world, collection, { all: true });
  for (const [key, schema] of propertiesOf(world.document, upsert.body)) {
    if (keysOf(upsert).includes(key) || !Object.hasOwn(body, key)) continue;
    const fixed = changeable.has(key) ? undefined : await valueOf(world, collection.tag, key, schema);
    const values = [...movesOf(schema).keys(), ...(fixed === undefined ? [] : [fixed])];
    const taken = other?.body[key];
    for (const value of taken === undefined ? values : [...values, taken]) {
      const answer = await world.client.send(upsert, { body: { ...body, [key]: value } });
      // Where values run out, a fresh one is the old one.
      const isOther = value === fixed && !sameValue(schema, value, body[key]);
      if (isOther && answer.status !== 409)
        world.fail(`${upsert.id} answered ${answer.status} to another ${key}, which never changes`);
      if (answer.status === 200 && isObject(answer.body))
        rowsOf(world, collection).set(String(answer.body['id']), answer.body);
    }
  }
}
