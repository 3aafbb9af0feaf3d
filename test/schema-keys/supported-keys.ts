import { readFileSync } from 'node:fs';

type Schema = Readonly<Record<string, unknown>>;

/** Every key that the schema of the language supports, as `entity.table` or `field:string.maxLength`. */
export function supportedKeys(): readonly string[] {
  const root = JSON.parse(readFileSync('schemas/app.schema.json', 'utf8')) as Schema;
  const keys = new Set<string>();
  const seen = new Set<Schema>();
  const visit = (node: unknown, owner: string): void => {
    const schema = resolve(root, node);
    if (isPlanned(schema) || seen.has(schema)) return;
    // A schema of JSON holds others of its kind.
    if (schema['x-kind'] === 'jsonSchema') seen.add(schema);
    const kind = String(schema['x-kind'] ?? owner);
    const properties = objectAt(schema, 'properties');
    const type = objectAt(properties, 'type')['const'];
    const name = kind === 'field' && type !== undefined ? `field:${String(type)}` : kind;
    for (const [key, property] of Object.entries(properties)) {
      if (isPlanned(resolve(root, property))) continue;
      keys.add(`${name}.${key}`);
      visit(property, `${name}.${key}`);
    }
    if (typeof schema['additionalProperties'] === 'object') visit(schema['additionalProperties'], owner);
    for (const branch of [schema['oneOf']].flat()) if (branch !== undefined) visit(branch, owner);
  };
  visit(root, 'app');
  return [...keys].toSorted();
}

/** The keys that a spec has, named as above. */
export function keysOf(spec: unknown): ReadonlySet<string> {
  const root = JSON.parse(readFileSync('schemas/app.schema.json', 'utf8')) as Schema;
  const keys = new Set<string>();
  const visit = (node: unknown, owner: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const schema = branchFor(root, resolve(root, node), value);
    const kind = String(schema['x-kind'] ?? owner);
    const properties = objectAt(schema, 'properties');
    const type = objectAt(properties, 'type')['const'];
    const name = kind === 'field' && type !== undefined ? `field:${String(type)}` : kind;
    for (const [key, child] of Object.entries(value)) {
      const property = properties[key];
      if (property !== undefined) keys.add(`${name}.${key}`);
      visit(property ?? schema['additionalProperties'], property === undefined ? owner : `${name}.${key}`, child);
    }
  };
  visit(root, 'app', spec);
  return keys;
}

/** Where a value may have one of several forms, the one whose `type` it has. */
function branchFor(root: Schema, schema: Schema, value: object): Schema {
  const branches = [schema['oneOf'] ?? []].flat().map((branch) => resolve(root, branch));
  const found = branches.find(
    (branch) => objectAt(objectAt(branch, 'properties'), 'type')['const'] === Reflect.get(value, 'type'),
  );
  return found ?? schema;
}

function isPlanned(schema: Schema): boolean {
  return schema['x-status'] === 'planned';
}

function resolve(root: Schema, node: unknown): Schema {
  const schema = (node ?? {}) as Schema;
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  const found = reference
    .slice(2)
    .split('/')
    .reduce<unknown>((at, part) => (at as Schema)[part], root);
  return resolve(root, found);
}

function objectAt(schema: Schema, key: string): Schema {
  return (schema[key] ?? {}) as Schema;
}
