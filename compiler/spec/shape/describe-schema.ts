import { isList, isMap, type SpecValue } from '../spec-value.ts';
import { flowText } from './flow-text.ts';
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

/** The map that a place takes, with the form to write. */
export function describeMap(schema: SchemaNode, pointer: string, value: SpecValue): string {
  const [, form] = FORMS.find(([place]) => place.test(pointer)) ?? [];
  if (form !== undefined) return form(firstName(value));
  if (schema.discriminator !== undefined) return describeType(schema);
  const example = schema.examples?.[0];
  return example === undefined ? 'a map' : `a map, such as ${flowText(example)}`;
}

const GRANT = '{ roles: [...], allow: [...], rows: ... }';

/** Forms by place; an example of a grant would say who may do what, which is the author's to say. */
const FORMS: readonly (readonly [RegExp, (name: string | undefined) => string])[] = [
  [/^\/auth$/, () => 'a map with its "provider"'],
  [
    /^\/entities$/,
    (name = 'Lead') => `a map of the entities by name, such as { ${name}: { fields: ..., access: ... } }`,
  ],
  [
    /^\/entities\/[^/]+$/,
    () => 'a map with "fields" and "access", such as { fields: { name: { type: string } }, access: {} }',
  ],
  [
    /\/noOverlap\/[^/]+$/,
    () => 'a map with "per", "from" and "to", such as { per: [room], from: startsAt, to: endsAt }',
  ],
  [/\/fields$/, (name = 'name') => `a map of the fields by name, such as { ${name}: { type: string } }`],
  [/\/access$/, () => `a map of named grants, such as { team: ${GRANT} }, or {} where nobody may reach it`],
  [/\/access\/[^/]+$/, () => `a grant, such as ${GRANT}`],
  [/\/(?:unique|indexes)\/[^/]+$/, () => 'a map with its fields, such as { fields: [lead, day] }'],
  [/\/transitions$/, () => 'a map from each value to those that may follow it, such as { new: [won, lost] }'],
];

/** Of a list of `- name: ...`, the first name. */
function firstName(value: SpecValue): string | undefined {
  const first = isList(value) ? value[0] : undefined;
  const name = isMap(first) ? first['name'] : undefined;
  return typeof name === 'string' && /^[a-z]\w{0,40}$/i.test(name) ? name : undefined;
}

function describeOne(type: string, schema: SchemaNode): string {
  switch (type) {
    case 'object':
      return schema.discriminator === undefined ? 'a map' : 'a map with its "type", such as { type: string }';
    case 'array':
      return schema.type === 'array' ? describeList(schema) : 'a list of them where the field is "many"';
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

function describeList({ items, examples }: SchemaNode): string {
  if (items?.['x-kind'] === 'role') return 'a list of roles';
  if (items?.enum !== undefined) return `a list of ${items.enum.map((word) => `"${String(word)}"`).join(', ')}`;
  return examples?.[0] === undefined ? 'a list' : `a list, such as ${flowText(examples[0])}`;
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
