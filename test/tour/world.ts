import { errorsOf, type Answer, type Client } from './client.ts';
import { propertiesOf, requiredOf, targetOf, type Collection, type Document } from './document.ts';
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
  const schema = collection.create?.body;
  const required = requiredOf(schema);
  const entries: [string, Json][] = [];
  for (const [key, property] of propertiesOf(world.document, schema)) {
    if (Object.hasOwn(set, key) || !(all || required.includes(key))) continue;
    const value = await valueOf(world, collection, key, property);
    if (value !== undefined) entries.push([key, value]);
  }
  return { ...Object.fromEntries(entries), ...set };
}

/**
 * A value for one property; the id of a new row where it is a link, or of one that is there where a unique leaves
 * room for no more, `undefined` where there is none.
 */
export async function valueOf(
  world: World,
  { tag }: Collection,
  key: string,
  schema: JsonObject,
): Promise<Json | undefined> {
  const target = targetOf(schema);
  if (target === undefined) return world.values.fresh(`${tag}.${key}`, schema);
  const collection = world.collections.find((candidate) => candidate.tag === target);
  if (collection?.create === undefined) return undefined;
  return (await createRow(world, collection, {}))?.id ?? rowsOf(world, collection).keys().next().value;
}

export interface CreatedRow {
  readonly id: string;
  readonly body: JsonObject;
  readonly row: JsonObject;
  readonly etag: string;
}

/** Creates a row; `undefined` where a unique was in the way because the schema has no more values, or no row can be pointed to. */
export async function createRow(world: World, collection: Collection, wish: BodyWish): Promise<CreatedRow | undefined> {
  const body = await createBody(world, collection, wish);
  if (requiredOf(collection.create?.body).some((key) => !Object.hasOwn(body, key))) return undefined;
  const answer = await postBody(world, collection, body);
  const row = answer.body;
  // No schema tells a check of several fields; most of them are met by a row that leaves nothing out.
  if (breaksCheck(answer)) return wish.all ? undefined : createRow(world, collection, { ...wish, all: true });
  if (answer.status !== 201 || !isObject(row)) {
    if (answer.status !== 409)
      world.fail(
        `${collection.create?.id} refused ${JSON.stringify(body).slice(0, 1000)}: ${JSON.stringify(answer.body)}`,
      );
    return undefined;
  }
  return { id: String(row['id']), body, row, etag: answer.headers.get('etag') ?? '' };
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
  if (answer.status === 201 && isObject(answer.body))
    rowsOf(world, collection).set(String(answer.body['id']), answer.body);
  return answer;
}
