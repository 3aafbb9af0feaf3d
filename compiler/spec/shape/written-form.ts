import { lastSegment } from '../../diagnostics/json-pointer.ts';
import { createMap, isList, isMap, type SpecMapValue, type SpecValue } from '../spec-value.ts';
import { readFieldType } from './read-field-type.ts';
import { branchesOf, resolveSchema, type SchemaNode } from './schema-node.ts';

/** What was written, in the form that its place takes: `{ provider: none }` for `none`. */
export interface WrittenForm {
  readonly value: SpecValue;
  /** Whether it can have meant nothing else. */
  readonly isCertain: boolean;
}

/** Puts a value into the map that its place takes, where it says enough for one. */
export function toForm(schema: SchemaNode, pointer: string, value: SpecValue): WrittenForm | undefined {
  if (schema.discriminator !== undefined) return toField(schema, value);
  return isTexts(value) ? (toNamed(schema, pointer, value) ?? toOnly(schema, value)) : toOnly(schema, value);
}

/** A list of names, where maps of them belong. */
function toNamed(schema: SchemaNode, pointer: string, names: string[]): WrittenForm | undefined {
  if (NAMED_LISTS.test(pointer)) return toNamedList(names);
  if (lastSegment(pointer) === 'transitions') return toTransitions(names);
  return schema['x-kind'] === 'list' ? certain('filter', names) : undefined;
}

/** The value of the one key that the map must have. */
function toOnly(schema: SchemaNode, value: SpecValue): WrittenForm | undefined {
  const [only = '', ...others] = schema.required ?? [];
  if (only === '' || others.length > 0 || isMap(value) || value === null) return undefined;
  const isOfList = schema.properties?.[only]?.type === 'array';
  return certain(only, isOfList && !isList(value) ? [value] : value);
}

const NAMED_LISTS = /^\/entities\/[^/]+\/(?:unique|indexes)$/;

function isTexts(value: SpecValue): value is string[] {
  return (
    isList(value) && value.length > 0 && value.every((item) => typeof item === 'string' && /^[a-z]\w*$/i.test(item))
  );
}

function certain(key: string, value: SpecValue): WrittenForm {
  return { value: mapOf({ [key]: value }), isCertain: true };
}

/** Several fields may have been meant as one rule or as a rule each. */
function toNamedList(fields: string[]): WrittenForm {
  const name = `by${fields.map((field) => field.charAt(0).toUpperCase() + field.slice(1)).join('')}`;
  return { value: mapOf({ [name]: mapOf({ fields }) }), isCertain: fields.length === 1 };
}

function toTransitions([first = '', ...others]: string[]): WrittenForm | undefined {
  return others.length === 0 ? undefined : { value: mapOf({ [first]: others }), isCertain: false };
}

/** `price: decimal` and `tags: [string]`, with examples of what the type cannot do without. */
function toField(schema: SchemaNode, value: SpecValue): WrittenForm | undefined {
  const word = isList(value) && value.length === 1 ? value[0] : value;
  if (typeof word !== 'string') return undefined;
  const meant = branchesOf(schema).has(word) ? { type: word, attributes: {} } : readFieldType(word);
  const branch = meant && branchesOf(schema).get(meant.type);
  if (meant === undefined || branch === undefined) return undefined;
  const field = mapOf({ type: meant.type, ...meant.attributes, ...(isList(value) && { many: true }) });
  const missing = (branch.required ?? []).filter((key) => field[key] === undefined);
  for (const key of missing) field[key] = exampleOf(branch.properties?.[key]);
  return { value: field, isCertain: missing.length === 0 };
}

function exampleOf(node: SchemaNode | undefined): SpecValue {
  const example = node && resolveSchema(node).examples?.[0];
  if (Array.isArray(example)) return example.map(String);
  return typeof example === 'number' || typeof example === 'string' ? example : '...';
}

function mapOf(entries: Readonly<Record<string, SpecValue>>): SpecMapValue {
  return Object.assign(createMap(), entries);
}
