import { createClient } from './client.ts';
import { tryConditions } from './conditional.ts';
import { createRows } from './create-rows.ts';
import { deleteRows } from './delete-rows.ts';
import { collectionsOf, hasConflicts, operationsOf, type Collection, type Document } from './document.ts';
import { linkRows } from './link-rows.ts';
import { listRows } from './list-rows.ts';
import { tryRefusals } from './negative.ts';
import { patchRows } from './patch-rows.ts';
import { idsOf, readAll } from './read-lists.ts';
import { refreshRows } from './refresh-rows.ts';
import { createSchemaCheck } from './schema-check.ts';
import { createValues } from './values.ts';
import { upsertRows } from './upsert-rows.ts';
import { rowsOf, type World } from './world.ts';

export interface TourReport {
  readonly failures: readonly string[];
  /** `operationId status`, each pair that was seen. */
  readonly seen: ReadonlySet<string>;
}

const PARTS: readonly ((world: World, collection: Collection) => Promise<void>)[] = [
  createRows,
  patchRows,
  upsertRows,
  linkRows,
  tryConditions,
  refreshRows,
  listRows,
  tryRefusals,
  deleteRows,
  listAgain,
];

export interface TourOptions {
  /** `false` leaves out what must be refused, a third of all requests: every value is written and compared all the same. */
  readonly refusals?: boolean;
}

/** Walks through a whole API, knowing nothing but its address and its OpenAPI document. */
export async function tour(
  base: string,
  document: Document,
  { refusals = true }: TourOptions = {},
): Promise<TourReport> {
  const failures: string[] = [];
  const fail = (failure: string): void => void failures.push(failure);
  const check = createSchemaCheck(document);
  const client = createClient(base, document, check, fail);
  const collections = collectionsOf(document);
  const rows = new Map(collections.map(({ tag }) => [tag, new Map()] as const));
  const values = createValues(check);
  const world: World = { document, collections, client, values, fail, rows, filling: new Set() };
  for (const collection of collections) await adoptRows(world, collection);
  for (const part of refusals ? PARTS : PARTS.filter((other) => other !== tryRefusals)) {
    for (const collection of collections) {
      await part(world, collection).catch((error: unknown) =>
        fail(`${part.name} of ${collection.tag}: ${error instanceof Error ? error.stack : String(error)}`),
      );
    }
  }
  client.close();
  return { failures, seen: client.seen };
}

/** Rows that were there before the tour count as its own. */
async function adoptRows(world: World, collection: Collection): Promise<void> {
  for (const row of await readAll(world, collection)) {
    rowsOf(world, collection).set(String(row['id']), row);
    await tryRead(world, collection, String(row['id']));
  }
}

async function tryRead({ client }: World, { get }: Collection, id: string): Promise<void> {
  if (get === undefined) return;
  const answer = await client.send(get, { id });
  await client.send(get, { id, headers: { 'if-none-match': answer.headers.get('etag') ?? '' } });
}

/** What is left at the end is what was created and not deleted. */
async function listAgain(world: World, collection: Collection): Promise<void> {
  if (collection.list === undefined || collection.create === undefined) return;
  const [listed, known] = [idsOf(await readAll(world, collection)), [...rowsOf(world, collection).keys()]];
  const lost = known.filter((id) => !listed.includes(id));
  const risen = listed.filter((id) => !known.includes(id));
  if (lost.length + risen.length > 0)
    world.fail(`${collection.list.id}: in the end ${lost.length} rows are lost and ${risen.length} are unknown`);
}

/** A list is full when it has more rows than a tour makes; what comes back may meet what only its parts are held by. */
const UNFORESEEN = /\{id\}\/(?:.*\{|restore$)/;

/** Statuses that the document declares and nobody has seen; of rows that are neither made nor shown nobody knows the id. */
export function unseenStatuses(document: Document, seen: Iterable<string>): readonly string[] {
  const all = new Set(seen);
  const hidden = collectionsOf(document)
    .filter(({ create, list: shown }) => create === undefined && shown === undefined)
    .map(({ path }) => `${path}/{id}`);
  return operationsOf(document)
    .filter(({ path }) => !hidden.includes(path))
    .flatMap((operation) =>
      Object.keys(operation.responses)
        .filter((status) => status !== '409' || (hasConflicts(operation) && !UNFORESEEN.test(operation.path)))
        .map((status) => `${operation.id} ${status}`),
    )
    .filter((pair) => !all.has(pair));
}
