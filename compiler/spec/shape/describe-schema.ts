import type { SchemaNode } from './schema-node.ts';

/** What was found, and what to write. */
export interface FoundAndBounds {
  readonly found: string;
  readonly bounds: string;
}

/** The type that a node takes, in words. */
export function describeType(schema: SchemaNode): string {
  if (schema.enum !== undefined) return `one of ${schema.enum.map((word) => `"${String(word)}"`).join(', ')}`;
  if (schema['x-form'] !== undefined) return schema['x-form'];
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  return types.map((type) => describeOne(type, schema)).join(', or ');
}

function describeOne(type: string, schema: SchemaNode): string {
  switch (type) {
    case 'object':
      return schema.discriminator === undefined ? 'a map' : 'a map with its "type", such as { type: string }';
    case 'array':
      return schema.type === 'array' ? 'a list' : 'a list of them where the field is "many"';
    case 'integer':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    default:
      return 'a text';
  }
}

/** The bounds of a number. */
export function describeBounds({ minimum, maximum }: SchemaNode): string {
  if (minimum === undefined) return `${maximum} at most`;
  if (maximum === undefined) return `${minimum} at least`;
  return `a number from ${minimum} to ${maximum}`;
}

/** The length of a text beside its bounds. */
export function describeLength(schema: SchemaNode, value: string): FoundAndBounds {
  const length = [...value].length;
  const found = length === 0 ? 'empty' : `${length} characters long`;
  if (length < (schema.minLength ?? 0))
    return { found, bounds: length === 0 ? 'a text' : `${schema.minLength} at least` };
  return { found, bounds: `${schema.maxLength} characters at most` };
}

/** The size of a list or map beside its bounds. */
export function describeCount(schema: SchemaNode, count: number): FoundAndBounds {
  const found = count === 0 ? 'no entries' : `${count} entries`;
  const least = schema.minItems ?? schema.minProperties ?? 0;
  const most = schema.maxItems ?? schema.maxProperties;
  return { found, bounds: count < least ? `${least} at least` : `${most} at most` };
}
