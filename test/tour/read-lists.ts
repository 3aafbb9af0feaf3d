import type { Collection, Operation } from './document.ts';
import { list } from './document.ts';
import { isObject, type JsonObject } from './json.ts';
import type { World } from './world.ts';

/** Most pages one walk follows: a cursor that leads in circles ends there. */
const MOST_PAGES = 2000;

/** All rows of a list, page by page. */
export async function readPages(
  world: World,
  operation: Operation,
  query: Readonly<Record<string, string>>,
): Promise<readonly JsonObject[]> {
  const rows: JsonObject[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await world.client.send(operation, { query: { ...query, ...(cursor !== undefined && { cursor }) } });
    if (answer.status !== 200 || !isObject(answer.body)) {
      world.fail(
        `${operation.id} answered ${answer.status} to ${JSON.stringify(query)}: ${JSON.stringify(answer.body)}`,
      );
      return rows;
    }
    const data = list(answer.body['data']).filter(isObject);
    const limit = Number(query['limit'] ?? Infinity);
    if (data.length > limit) world.fail(`${operation.id}: ${data.length} rows on a page of ${limit}`);
    rows.push(...data);
    const next = answer.body['nextCursor'];
    if (typeof next !== 'string') return rows;
    if (data.length < limit && limit !== Infinity)
      world.fail(`${operation.id}: a page of ${data.length} of ${limit} rows is not the last`);
    cursor = next;
  }
  world.fail(`${operation.id}: more than ${MOST_PAGES} pages`);
  return rows;
}

/** Every row of a collection, in pages as large as they come. */
export async function readAll(
  world: World,
  { list: operation }: Collection,
  query: Readonly<Record<string, string>> = {},
): Promise<readonly JsonObject[]> {
  if (operation === undefined) return [];
  const limit = mostOnAPage(operation);
  return readPages(world, operation, { ...query, ...(limit !== Infinity && { limit: String(limit) }) });
}

/** Most rows that `limit=` may ask for. */
export function mostOnAPage({ parameters }: Operation): number {
  return Number(parameters.find(({ name }) => name === 'limit')?.schema['maximum'] ?? Infinity);
}

export function idsOf(rows: Iterable<JsonObject>): readonly string[] {
  return [...rows].map((row) => String(row['id']));
}
