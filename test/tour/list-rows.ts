import { isDeepStrictEqual } from 'node:util';
import { comparable } from './compare.ts';
import { list, propertiesOf, resolve, targetOf, type Collection, type Document, type Operation } from './document.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { tryExpand } from './expand-rows.ts';
import { idsOf, mostOnAPage, readAll, readPages } from './read-lists.ts';
import { tryFields } from './show-fields.ts';
import { trySearch } from './search-rows.ts';
import { rowsOf, type World } from './world.ts';

/** Pages through a collection and tries each sort and each filter against the rows that were created. */
export async function listRows(world: World, collection: Collection): Promise<void> {
  const operation = collection.list;
  if (operation === undefined) return;
  const rows = await readAll(world, collection);
  if (collection.create !== undefined) compareRows(world, operation, rows, [...rowsOf(world, collection).values()]);
  await pageByOne(world, operation, rows);
  await trySorts(world, operation, rows);
  await tryFilters(world, operation, rows);
  await trySearch(world, operation, rows);
  await tryExpand(world, collection, rows);
  await tryFields(world, collection, rows);
}

function compareRows(
  world: World,
  { id }: Operation,
  listed: readonly JsonObject[],
  created: readonly JsonObject[],
): void {
  const byId = new Map(listed.map((row) => [row['id'], row] as const));
  if (byId.size !== listed.length) world.fail(`${id}: some rows are listed twice`);
  if (listed.length !== created.length)
    world.fail(`${id}: ${listed.length} rows are listed, ${created.length} were created`);
  for (const row of created) {
    if (!isDeepStrictEqual(byId.get(row['id'] ?? null), row)) {
      world.fail(`${id}: the row is ${JSON.stringify(byId.get(row['id'] ?? null))}, not ${JSON.stringify(row)}`);
    }
  }
}

const MOST_SMALL_PAGES = 16;

/** Small pages show the same rows in the same order; of one row where there are few. */
async function pageByOne(world: World, operation: Operation, rows: readonly JsonObject[]): Promise<void> {
  const limit = Math.min(Math.ceil(rows.length / MOST_SMALL_PAGES) || 1, mostOnAPage(operation));
  const paged = await readPages(world, operation, { limit: String(limit) });
  if (!isDeepStrictEqual(idsOf(paged), idsOf(rows)))
    world.fail(`${operation.id}: pages of ${limit} show other rows than one large page`);
}

async function trySorts(world: World, operation: Operation, rows: readonly JsonObject[]): Promise<void> {
  const sort = operation.parameters.find(({ name }) => name === 'sort');
  const items = resolve(world.document, sort?.schema['items']);
  const schemas = rowSchemas(world.document, operation);
  const limit = String(Math.min(Math.max(2, Math.ceil(rows.length / 4)), mostOnAPage(operation)));
  for (const term of list(items['enum']).map(String)) {
    const sorted = await readPages(world, operation, { sort: term, limit });
    if (!isDeepStrictEqual(idsOf(sorted).toSorted(), idsOf(rows).toSorted()))
      world.fail(`${operation.id}: sort=${term} in pages of ${limit} shows other rows`);
    const key = term.replace(/^-/, '');
    const problem = orderProblem(
      schemas.get(key) ?? {},
      sorted.map((row) => row[key] ?? null),
      term.startsWith('-'),
    );
    if (problem !== undefined) world.fail(`${operation.id}: sort=${term}: ${problem}`);
  }
}

/** Nulls stand last in both directions; what has an order stands in it. */
function orderProblem(schema: JsonObject, values: readonly Json[], descending: boolean): string | undefined {
  const firstNull = values.indexOf(null);
  const present = firstNull < 0 ? values : values.slice(0, firstNull);
  if (firstNull >= 0 && values.slice(firstNull).some((value) => value !== null)) return 'nulls do not stand last';
  const order = orderOf(schema);
  if (order === undefined) return undefined;
  for (const [index, value] of present.slice(1).entries()) {
    const [before, after] = [order(present[index] ?? null), order(value)];
    if (descending ? before < after : before > after)
      return `${JSON.stringify(present[index])} stands before ${JSON.stringify(value)}`;
  }
  return undefined;
}

type Order = (value: Json) => number | bigint | string;

/** Text has the order of the database's collation, which the document does not tell. */
function orderOf(schema: JsonObject): Order | undefined {
  const members = list(schema['enum']);
  if (members.length > 0) return (value) => members.indexOf(value);
  const type = [schema['type']].flat()[0];
  if (type === 'integer' || type === 'number' || type === 'boolean') return Number;
  const format = schema['format'];
  if (format === 'date-time' || format === 'date' || format === 'decimal' || format === 'int64')
    return (value) => comparable(schema, value) as bigint | string;
  return undefined;
}

function rowSchemas(document: Document, { responses }: Operation): ReadonlyMap<string, JsonObject> {
  const content = resolve(document, resolve(document, responses['200'])['content']);
  const page = resolve(document, resolve(document, content['application/json'])['schema']);
  const data = resolve(document, resolve(document, page['properties'])['data']);
  const whole = list(resolve(document, data['items'])['anyOf'])[0];
  return propertiesOf(document, resolve(document, whole));
}

const FILTER = /^([\w.]+)(?:\[(\w+)\])?$/;

async function tryFilters(world: World, operation: Operation, rows: readonly JsonObject[]): Promise<void> {
  const schemas = rowSchemas(world.document, operation);
  for (const { name, in: place } of operation.parameters) {
    const [, key = '', operator = 'eq'] = FILTER.exec(name) ?? [];
    const schema = schemas.get(key) ?? (key.includes('.') ? pathSchema(operation, key) : undefined);
    if (place !== 'query' || schema === undefined) continue;
    if (name === key && ['limit', 'cursor', 'sort', 'search', 'expand', 'fields', 'count'].includes(name)) continue;
    for (const value of filterValues(
      operator,
      schema,
      rows.map((row) => valueAt(world, operation.tag, row, key)),
    )) {
      const found = await readAll(
        world,
        { tag: operation.tag, path: operation.path, list: operation },
        { [name]: value },
      );
      const expected = rows.filter((row) => matches(schema, operator, valueAt(world, operation.tag, row, key), value));
      if (!isDeepStrictEqual(idsOf(found).toSorted(), idsOf(expected).toSorted())) {
        world.fail(`${operation.id}: ${name}=${value} finds ${found.length} rows, not ${expected.length}`);
      }
    }
  }
}

/** What a filter over references compares: the parameter says it. */
function pathSchema({ parameters }: Operation, key: string): JsonObject | undefined {
  return parameters.find(({ name }) => name === key)?.schema;
}

/** The value of a path over references, found among the rows that are known; null over an empty one. */
function valueAt(world: World, tag: string, row: JsonObject, key: string): Json {
  const names = key.split('.');
  let at: { readonly tag: string; readonly row: JsonObject | undefined } = { tag, row };
  for (const name of names.slice(0, -1)) {
    const target = linkTarget(world, at.tag, `${name}Id`);
    at = { tag: target, row: world.rows.get(target)?.get(String(at.row?.[`${name}Id`])) };
  }
  return at.row?.[names.at(-1) ?? ''] ?? null;
}

/** The tag of the rows that a property of a row names. */
function linkTarget({ document }: World, tag: string, key: string): string {
  const row = resolve(document, { $ref: `#/components/schemas/${tag}` });
  return targetOf(propertiesOf(document, row).get(key) ?? {}) ?? '';
}

/** A value in the middle or one at the end, both where equality is asked for; parts of them, and wildcards. */
function filterValues(operator: string, schema: JsonObject, values: readonly Json[]): readonly string[] {
  if (operator === 'null') return ['true', 'false'];
  const present = [...new Set(values.filter((value) => value !== null && !isObject(value)).map(String))].filter(
    (value) => !/[,\u0000]/.test(value),
  );
  const [middle, last] = [present[Math.floor(present.length / 2)], present.at(-1)];
  if (middle === undefined || last === undefined) return [];
  if (operator === 'contains' && schema['type'] === 'array') return itemsOf(values);
  if (operator === 'contains') return partsOf([middle, last]);
  if (operator === 'in') return [`${middle},${last}`];
  if (schema['type'] === 'boolean') return ['true', 'false'];
  if (operator === 'eq') return [...new Set([middle, last])];
  return operator === 'gte' || operator === 'lt' ? [last] : [middle];
}

/** An item of the first array that has one, and of the last. */
function itemsOf(values: readonly Json[]): readonly string[] {
  const items = values.flatMap((value): readonly Json[] => (Array.isArray(value) ? value : [])).map(String);
  return [...new Set([...items.slice(0, 1), ...items.slice(-1)])].filter((item) => !item.includes('\u0000'));
}

/** Parts of the values in other cases, of ASCII alone where the database's locale knows no more, and SQL's wildcards, which mean themselves. */
function partsOf(values: readonly string[]): readonly string[] {
  const parts = values.map((value) =>
    [...value]
      .slice(1, 5)
      .join('')
      .replaceAll(/[a-z]/g, (letter) => letter.toUpperCase()),
  );
  return [...new Set([...parts, '%', '_', '\\'])].filter((part) => part !== '');
}

function matches(schema: JsonObject, operator: string, value: Json, wanted: string): boolean {
  if (operator === 'null') return (value === null) === (wanted === 'true');
  if (value === null) return operator === 'ne';
  if (Array.isArray(value)) return value.some((item) => equals(itemSchema(schema), item, wanted));
  if (operator === 'contains') return String(value).toLowerCase().includes(wanted.toLowerCase());
  if (operator === 'in') return wanted.split(',').some((item) => equals(schema, value, item));
  if (operator === 'eq') return equals(schema, value, wanted);
  if (operator === 'ne') return !equals(schema, value, wanted);
  const [left, right] = [scalar(schema, value), scalar(schema, fromQuery(schema, wanted))];
  if (operator === 'gt') return left > right;
  if (operator === 'gte') return left >= right;
  if (operator === 'lt') return left < right;
  return left <= right;
}

function itemSchema({ items }: JsonObject): JsonObject {
  return isObject(items) ? items : {};
}

function equals(schema: JsonObject, value: Json, wanted: string): boolean {
  return scalar(schema, value) === scalar(schema, fromQuery(schema, wanted));
}

function fromQuery(schema: JsonObject, text: string): Json {
  const type = [schema['type']].flat()[0];
  if (type === 'integer' || type === 'number') return Number(text);
  return type === 'boolean' ? text === 'true' : text;
}

/** E-mail addresses are compared without regard to case. */
function scalar(schema: JsonObject, value: Json): string | number | bigint | boolean {
  const form = comparable(schema, value) as string | number | bigint | boolean;
  return schema['format'] === 'email' && typeof form === 'string' ? form.toLowerCase() : form;
}
