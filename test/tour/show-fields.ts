import { isDeepStrictEqual } from 'node:util';
import { list, resolve, type Collection } from './document.ts';
import type { JsonObject } from './json.ts';
import { readAll } from './read-lists.ts';
import type { World } from './world.ts';

/** Asks for single fields and for two of them, in the list and of one row, against the rows that are known. */
export async function tryFields(world: World, collection: Collection, rows: readonly JsonObject[]): Promise<void> {
  const { list: operation, get } = collection;
  const parameter = operation?.parameters.find(({ name }) => name === 'fields');
  const keys = list(resolve(world.document, resolve(world.document, parameter?.schema['items']))['enum']).map(String);
  const [first] = rows;
  if (first === undefined) return;
  if (!isDeepStrictEqual(keys.toSorted(), Object.keys(first).toSorted()))
    world.fail(`${operation?.id}: fields= offers ${keys.join()}, a row has ${Object.keys(first).join()}`);
  for (const chosen of [keys.slice(0, 1), keys.slice(-2)]) {
    const query = { fields: chosen.toReversed().join() };
    const expected = rows.map((row) => pick(row, chosen));
    if (!isDeepStrictEqual(await readAll(world, collection, query), expected))
      world.fail(`${operation?.id}: fields=${query.fields} shows other rows`);
    if (get === undefined) continue;
    const { body } = await world.client.send(get, { id: String(first['id']), query });
    if (!isDeepStrictEqual(body, pick(first, chosen)))
      world.fail(`${get.id}: fields=${query.fields} shows ${JSON.stringify(body)}`);
  }
}

function pick(row: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(row).filter(([key]) => keys.includes(key)));
}
