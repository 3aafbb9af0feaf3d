import { errorsOf, type Answer } from './answer.ts';
import type { Client } from './client.ts';
import {
  itemTargetOf,
  list,
  partBodyOf,
  partTagOf,
  propertiesOf,
  requiredOf,
  targetOf,
  withoutParts,
  type Collection,
  type Document,
} from './document.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import type { Values } from './values.ts';

/** Everything the parts of the tour share. */
export interface World {
  readonly document: Document;
  readonly collections: readonly Collection[];
  readonly client: Client;
  readonly values: Values;
  readonly fail: (failure: string) => void;
  /** Rows by tag, then id: as last answered, or only `{ id }` where rows are never shown. */
  readonly rows: ReadonlyMap<string, Map<string, JsonObject>>;
  /** Tags of which a row is being tried with all that it may have. */
  readonly filling: Set<string>;
}

export function rowsOf({ rows }: World, { tag }: Collection): Map<string, JsonObject> {
  const found = rows.get(tag);
  if (found === undefined) throw new Error(`no rows are kept for ${tag}`);
  return found;
}

/** What goes into a body: which of the optional properties, and chosen values. */
export interface BodyWish {
  readonly all?: boolean;
  readonly set?: JsonObject;
}

/** A create body that the document admits; rows it points to are created first. */
export async function createBody(
  world: World,
  collection: Collection,
  { all = false, set = {} }: BodyWish,
): Promise<JsonObject> {
  return bodyOf(world, collection.tag, collection.create?.body, { all, set });
}

async function bodyOf(
  world: World,
  tag: string,
  schema: JsonObject | undefined,
  { all = false, set = {} }: BodyWish,
): Promise<JsonObject> {
  const required = requiredOf(schema);
  const entries: [string, Json][] = [];
  for (const [key, property] of propertiesOf(world.document, schema)) {
    if (Object.hasOwn(set, key) || !(all || required.includes(key))) continue;
    const part = partBodyOf(world.document, property);
    const value =
      part === undefined ? await valueOf(world, tag, key, property) : await partsOf(world, partTagOf(property), part);
    if (value !== undefined) entries.push([key, value]);
  }
  return { ...Object.fromEntries(entries), ...set };
}

/** Two rows to bring along; none where a link of theirs has no row to lead to. */
async function partsOf(world: World, tag: string, schema: JsonObject): Promise<readonly JsonObject[]> {
  const bodies = [await bodyOf(world, tag, schema, { all: true }), await bodyOf(world, tag, schema, { all: true })];
  return bodies.filter((body) => requiredOf(schema).every((key) => Object.hasOwn(body, key)));
}

/**
 * A value for one property; the id of a new row where it is a link, or of one that is there where a unique leaves
 * room for no more, `undefined` where there is none.
 */
export async function valueOf(world: World, tag: string, key: string, schema: JsonObject): Promise<Json | undefined> {
  const listed = itemTargetOf(schema);
  if (listed !== undefined) return [(await idOf(world, listed)) ?? []].flat();
  const target = targetOf(schema);
  // Rows are known by their ids, whatever they are of.
  const name = key === 'id' ? key : `${tag}.${key}`;
  return target === undefined ? world.values.fresh(name, schema) : idOf(world, target);
}

async function idOf(world: World, tag: string): Promise<string | undefined> {
  const collection = world.collections.find((candidate) => candidate.tag === tag);
  if (collection?.create === undefined) return undefined;
  // A row that leaves nothing out would have another of its kind created for its own link, and so on without end.
  const created = world.filling.has(tag) ? undefined : await createRow(world, collection, {});
  return created?.id ?? rowsOf(world, collection).keys().next().value;
}

/** Whether a body has all that it must have: no row may be there that a required link could lead to. */
export function isWhole({ create }: Collection, body: JsonObject): boolean {
  return requiredOf(create?.body).every((key) => Object.hasOwn(body, key));
}

export interface CreatedRow {
  readonly id: string;
  readonly body: JsonObject;
  readonly row: JsonObject;
  /** The row as the create answered it, with what it brought along. */
  readonly shown: JsonObject;
  readonly etag: string;
}

/** Creates a row; `undefined` where a unique was in the way because the schema has no more values, or no row can be pointed to. */
export async function createRow(world: World, collection: Collection, wish: BodyWish): Promise<CreatedRow | undefined> {
  const body = await createBody(world, collection, wish);
  if (!isWhole(collection, body)) return undefined;
  const answer = await postBody(world, collection, body);
  const row = answer.body;
  // No schema tells a check of several fields; most of them are met by a row that leaves nothing out.
  if (breaksCheck(answer)) return wish.all ? undefined : fillRow(world, collection, wish);
  if (answer.status !== 201 || !isObject(row)) {
    if (answer.status !== 409)
      world.fail(
        `${collection.create?.id} refused ${JSON.stringify(body).slice(0, 1000)}: ${JSON.stringify(answer.body)}`,
      );
    return undefined;
  }
  const own = withoutParts(world.document, collection.create, row);
  return { id: String(row['id']), body, row: own, shown: row, etag: answer.headers.get('etag') ?? '' };
}

async function fillRow(world: World, collection: Collection, wish: BodyWish): Promise<CreatedRow | undefined> {
  world.filling.add(collection.tag);
  try {
    return await createRow(world, collection, { ...wish, all: true });
  } finally {
    world.filling.delete(collection.tag);
  }
}

/** Whether a row was refused for a check, which the document does not tell. */
export function breaksCheck(answer: Answer): boolean {
  const details = errorsOf(answer).map(({ detail }) => detail);
  return details.length > 0 && details.every((detail) => detail === 'does not meet the check of this name');
}

/** Sends a create body and keeps the row. */
export async function postBody(
  world: World,
  collection: Collection,
  body: JsonObject,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  if (collection.create === undefined) throw new Error(`${collection.tag} has no create`);
  const answer = await world.client.send(collection.create, { body, headers });
  if (answer.status === 201 && isObject(answer.body)) keepRow(world, collection, answer.body);
  return answer;
}

/** Keeps a new row, and those that it brought along. */
export function keepRow(world: World, collection: Collection, row: JsonObject): void {
  rowsOf(world, collection).set(String(row['id']), withoutParts(world.document, collection.create, row));
  for (const [key, schema] of propertiesOf(world.document, collection.create?.body)) {
    if (partBodyOf(world.document, schema) === undefined) continue;
    const own = world.collections.find(({ tag }) => tag === partTagOf(schema));
    for (const part of list(row[key])) if (own !== undefined && isObject(part)) keepRow(world, own, part);
  }
}
