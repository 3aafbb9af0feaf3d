import { isDeepStrictEqual } from 'node:util';
import { list, resolve, type Collection } from './document.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { readAll } from './read-lists.ts';
import type { World } from './world.ts';

/** Tries each path that a collection expands, in its list and for one row, against the rows that are known. */
export async function tryExpand(world: World, collection: Collection, rows: readonly JsonObject[]): Promise<void> {
  const { list: operation, get } = collection;
  const parameter = operation?.parameters.find(({ name }) => name === 'expand');
  const paths = list(resolve(world.document, parameter?.schema['items'])['enum']).map(String);
  for (const path of paths) {
    const expanded = await readAll(world, collection, { expand: path });
    if (expanded.length !== rows.length)
      world.fail(`${operation?.id}: expand=${path} lists ${expanded.length} rows, not ${rows.length}`);
    for (const row of expanded) {
      const problem = problemOf(world, row, path.split('.'));
      if (problem !== undefined) world.fail(`${operation?.id}: expand=${path}: ${problem} in ${JSON.stringify(row)}`);
    }
  }
  const [first] = rows;
  if (get === undefined || first === undefined || paths.length === 0) return;
  const query = { expand: paths.join(',') };
  const [all, one] = [
    await readAll(world, collection, query),
    await world.client.send(get, { id: String(first['id']), query }),
  ];
  if (
    !isDeepStrictEqual(
      all.find(({ id }) => id === first['id']),
      one.body,
    )
  )
    world.fail(`${get.id}: expand=${query.expand} shows another row than the list`);
}

function problemOf(world: World, row: JsonObject, [name, ...further]: readonly string[]): string | undefined {
  if (name === undefined) return isKnown(world, row) ? undefined : 'another row than its own';
  const { [name]: value, ...own } = row;
  if (!isKnown(world, own)) return 'another row than without it';
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    return items
      .map((item) => (isObject(item) ? problemOf(world, item, further) : 'no row'))
      .find((problem) => problem !== undefined);
  }
  const id = row[`${name}Id`];
  if (value === null) return id === null ? undefined : `no ${name}`;
  if (!isObject(value)) return `no ${name}`;
  return value['id'] === id ? problemOf(world, value, further) : `another ${name}`;
}

/** Whether it is a row that is known, whatever it is of. */
function isKnown({ rows }: World, row: JsonObject): boolean {
  return [...rows.values()].some((known) => isDeepStrictEqual(row, known.get(String(row['id']))));
}
