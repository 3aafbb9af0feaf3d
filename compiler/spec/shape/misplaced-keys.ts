import { isMap, type SpecMapValue } from '../spec-value.ts';
import { resolveSchema, type SchemaNode, unionOfBranches } from './schema-node.ts';

/** What each value of a map of named things is, where that is a map with keys of its own. */
export function entryOf({ additionalProperties }: SchemaNode): SchemaNode | undefined {
  if (typeof additionalProperties !== 'object') return undefined;
  const entry = resolveSchema(additionalProperties);
  return entry.type === 'object' && entry.required !== undefined ? entry : undefined;
}

/** Whether the map holds what belongs under a name: `access: { roles: [...], allow: [...] }`. */
export function isUnnamed(schema: SchemaNode, entry: SchemaNode, map: SpecMapValue): boolean {
  const keys = Object.keys(map);
  // What names no map at all cannot be a map of named ones, whatever else is wrong with it.
  if (keys.length > 0 && keys.every((key) => map[key] !== null && !isMap(map[key])) && hasOwnKey(entry, keys))
    return true;
  return keys.some((key) => entry.required?.includes(key)) && keys.every((key) => isInside(schema, entry, map, key));
}

/** A field is a map of its own whose keys a named thing may bear too. */
function hasOwnKey({ discriminator, properties = {} }: SchemaNode, keys: readonly string[]): boolean {
  return discriminator === undefined && keys.some((key) => Object.hasOwn(properties, key));
}

/** Keys that stand beside the empty one which they belong under, by key. */
export function findMisplaced(schema: SchemaNode, entry: SchemaNode, map: SpecMapValue): ReadonlyMap<string, string> {
  const misplaced = new Map<string, string>();
  let empty: string | undefined;
  for (const [key, value] of Object.entries(map)) {
    if (value === null) empty = key;
    else if (empty === undefined || !isInside(schema, entry, map, key)) empty = undefined;
    else misplaced.set(key, empty);
  }
  return misplaced;
}

/** A key of the named thing that is no name, or whose value is no named thing itself. */
function isInside({ propertyNames }: SchemaNode, entry: SchemaNode, map: SpecMapValue, key: string): boolean {
  const properties = entry.discriminator === undefined ? (entry.properties ?? {}) : unionOfBranches(entry);
  if (!Object.hasOwn(properties, key) || map[key] === null) return false;
  return !isMap(map[key]) || !new RegExp(propertyNames?.pattern ?? '', 'u').test(key);
}
