import { nobodyOf } from './ids.ts';
import { isObject, type Json, type JsonObject } from './json.ts';

/** One operation of the document, its parameters resolved. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** With `{id}` where a row is meant. */
  readonly path: string;
  readonly tag: string;
  readonly parameters: readonly Parameter[];
  /** Of the JSON body. */
  readonly body?: JsonObject;
  /** Of that body. */
  readonly examples: readonly Json[];
  readonly responses: JsonObject;
  /** What a caller has to show; empty where anyone may call. */
  readonly security: readonly Json[];
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: JsonObject;
}

/** What the document offers for one kind of row. */
export interface Collection {
  readonly tag: string;
  readonly path: string;
  readonly create?: Operation;
  readonly list?: Operation;
  readonly get?: Operation;
  readonly update?: Operation;
  readonly remove?: Operation;
  readonly restore?: Operation;
  readonly bulkCreate?: Operation;
  readonly upsert?: Operation;
}

export type Document = JsonObject;

/** Follows a `$ref` of the document, and gives anything else back as it is. */
export function resolve(document: Document, node: Json | undefined): JsonObject {
  if (!isObject(node)) return {};
  const reference = node['$ref'];
  if (typeof reference !== 'string') return node;
  const found = reference
    .slice('#/'.length)
    .split('/')
    .reduce<Json | undefined>(
      (at, part) => (isObject(at) ? at[part.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined),
      document,
    );
  if (!isObject(found)) throw new Error(`${reference} points to nothing`);
  return resolve(document, found);
}

/** Every operation, in the document's order. */
export function operationsOf(document: Document): readonly Operation[] {
  const paths = resolve(document, document['paths']);
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(resolve(document, item)).map(([method, node]) =>
      operationOf(document, path, method, resolve(document, node)),
    ),
  );
}

function operationOf(document: Document, path: string, method: string, node: JsonObject): Operation {
  const content = resolve(document, resolve(document, node['requestBody'])['content']);
  const body = content['application/json'];
  const parameters = list(node['parameters']).map((parameter) => resolve(document, parameter));
  return {
    id: String(node['operationId']),
    method,
    path,
    tag: String(list(node['tags'])[0]),
    parameters: parameters.map((parameter) => ({
      name: String(parameter['name']),
      in: String(parameter['in']),
      required: parameter['required'] === true,
      schema: resolve(document, parameter['schema']),
    })),
    ...(body !== undefined && { body: resolve(document, resolve(document, body)['schema']) }),
    examples: list([resolve(document, body)['example'] ?? []].flat()),
    responses: resolve(document, node['responses']),
    security: list(node['security'] ?? document['security']),
  };
}

/** Whether rows can stand against an operation: what rules do, and keys in use, no single client can foresee. */
export function hasConflicts({ responses }: Operation): boolean {
  const conflict = responses['409'];
  return isObject(conflict) && conflict['$ref'] === '#/components/responses/Conflict';
}

/** Operations joined by the collection they belong to. */
export function collectionsOf(document: Document): readonly Collection[] {
  const operations = operationsOf(document);
  const paths = [
    ...new Set(operations.map(({ path }) => path.replace(/\/\{id\}(?:\/.*)?$|\/bulk-\w+$|\/upsert$/, ''))),
  ];
  return paths.map((path) => {
    const at = (method: string, suffix: string): Operation | undefined =>
      operations.find((operation) => operation.method === method && operation.path === path + suffix);
    const [create, all, get, update, remove, restore, bulkCreate, upsert] = [
      at('post', ''),
      at('get', ''),
      at('get', '/{id}'),
      at('patch', '/{id}'),
      at('delete', '/{id}'),
      at('post', '/{id}/restore'),
      at('post', '/bulk-create'),
      at('post', '/upsert'),
    ];
    const tag = operations.find((operation) => operation.path.startsWith(path))?.tag ?? path;
    return {
      tag,
      path,
      ...(create && { create }),
      ...(all && { list: all }),
      ...(get && { get }),
      ...(update && { update }),
      ...(remove && { remove }),
      ...(restore && { restore }),
      ...(bulkCreate && { bulkCreate }),
      ...(upsert && { upsert }),
    };
  });
}

/** The schemas of an object's properties, resolved. */
export function propertiesOf(document: Document, schema: JsonObject | undefined): ReadonlyMap<string, JsonObject> {
  const properties = resolve(document, resolve(document, schema)['properties']);
  return new Map(Object.entries(properties).map(([key, property]) => [key, resolve(document, property)] as const));
}

/** Of a list of rows that a create brings along, the body of one; the bodies of such lists have a name of their own. */
export function partBodyOf(document: Document, schema: JsonObject): JsonObject | undefined {
  const { items } = schema;
  const isNamed = isObject(items) && typeof items['$ref'] === 'string';
  return isNamed && typesOf(schema).join() === 'array' ? resolve(document, items) : undefined;
}

/** The tag whose rows such a list brings along: the name of the body begins with it. */
export function partTagOf({ items }: JsonObject): string {
  const name = isObject(items) ? String(items['$ref']).split('/').at(-1) : undefined;
  return (name ?? '').replace(/Within_*$/, '');
}

/** The row without the lists that its create brought: other answers have them only when they are asked for. */
export function withoutParts(document: Document, create: Operation | undefined, row: JsonObject): JsonObject {
  const lists = [...propertiesOf(document, create?.body)]
    .filter(([, schema]) => partBodyOf(document, schema) !== undefined)
    .map(([key]) => key);
  return Object.fromEntries(Object.entries(row).filter(([key]) => !lists.includes(key)));
}

/** Names of the properties that must be there. */
export function requiredOf(schema: JsonObject | undefined): readonly string[] {
  return list(schema?.['required']).map(String);
}

/** An array of the document; anything else counts as empty. */
export function list(node: Json | undefined): readonly Json[] {
  return Array.isArray(node) ? node : [];
}

/** The types a schema admits, without null. */
export function typesOf(schema: JsonObject): readonly string[] {
  const { type } = schema;
  return (typeof type === 'string' ? [type] : list(type).map(String)).filter((name) => name !== 'null');
}

export function isNullable(schema: JsonObject): boolean {
  return list(schema['type']).includes('null');
}

/** The tag whose rows the value names: the document says it in prose. */
export function targetOf(schema: JsonObject): string | undefined {
  if (nobodyOf(schema) === undefined) return undefined;
  return [...String(schema['description'] ?? '').matchAll(/Id of the (\w+)\./g)].at(-1)?.[1];
}

/** The tag whose rows a list of ids names. */
export function itemTargetOf({ items }: JsonObject): string | undefined {
  return isObject(items) ? targetOf(items) : undefined;
}

/** Bounds that JSON Schema has no word for; the document says them in prose. */
export function proseBounds(schema: JsonObject): { readonly least?: string; readonly most?: string } {
  const prose = String(schema['description'] ?? '');
  const least = [...prose.matchAll(/At least (\S+?)\.(?= |$)/g)].at(-1)?.[1];
  const most = [...prose.matchAll(/At most (\S+?)\.(?= |$)/g)].at(-1)?.[1];
  return { ...(least !== undefined && { least }), ...(most !== undefined && { most }) };
}

/** The properties by which a request finds a row: the title of its body names them. */
export function keysOf({ body }: Operation): readonly string[] {
  return /, found by (.+)$/.exec(String(body?.['title']))?.[1]?.split(' and ') ?? [];
}

/** Moves of a state machine, as the document tells them in prose: from each state to others. */
export function movesOf(schema: JsonObject): ReadonlyMap<string, readonly string[]> {
  const prose = String(schema['description'] ?? '');
  const states = list(schema['enum']).filter((value) => typeof value === 'string');
  const moves = states.flatMap((from): readonly (readonly [string, readonly string[]])[] => {
    if (prose.includes(`${from} is final.`)) return [[from, []]];
    const start = prose.indexOf(`From ${from} to `);
    if (start < 0) return [];
    const rest = prose.slice(start + `From ${from} to `.length);
    const sentence = /^(.*?)\.(?= From | .* is final\.|$)/.exec(rest)?.[1] ?? '';
    return [[from, sentence.split(' or ')]];
  });
  return new Map(moves);
}
