import { childPointer } from '../../diagnostics/json-pointer.ts';
import { isList, isMap, type SpecMapValue, type SpecValue } from '../spec-value.ts';
import { entryOf, findMisplaced, isUnnamed } from './misplaced-keys.ts';
import {
  appSchema,
  branchesOf,
  isPlanned,
  requiredKeys,
  resolveSchema,
  type SchemaNode,
  sharedProperties,
  unionOfBranches,
} from './schema-node.ts';
import type { ShapeProblem } from './shape-problem.ts';
import { readFieldType } from './read-field-type.ts';

type Report = (problem: ShapeProblem) => void;

/**
 * Compares a spec with the schema, once per node and with one problem per mistake.
 *
 * Our own walk and not a validator's: a general one costs 0.1 s to load and compile, and answers a
 * wrong field with the errors of every branch. A test holds it to ajv's verdict.
 */
export function checkShape(value: SpecValue): readonly ShapeProblem[] {
  const problems: ShapeProblem[] = [];
  checkNode(appSchema, value, '', (problem) => problems.push(problem));
  return problems;
}

/** Whether a value would be accepted in this place. */
export function fits(schema: SchemaNode, value: SpecValue): boolean {
  let isFine = true;
  checkNode(schema, value, '', () => (isFine = false));
  return isFine;
}

function checkNode(written: SchemaNode, value: SpecValue, pointer: string, report: Report): void {
  const schema = resolveSchema(written);
  if (!hasType(schema, value)) return report({ kind: 'wrong-type', pointer, schema, value });
  const words = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (words !== undefined && !words.includes(value)) return report({ kind: 'unknown-word', pointer, schema, value });
  if (typeof value === 'string') checkText(schema, value, pointer, report);
  else if (typeof value === 'number') checkNumber(schema, value, pointer, report);
  else if (isList(value)) checkList(schema, value, pointer, report);
  else if (isMap(value)) checkMap(schema, value, pointer, report);
}

function hasType(schema: SchemaNode, value: SpecValue): boolean {
  if (schema.type === undefined) return true;
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
  return types.some((type) => isOfType(type, value));
}

function isOfType(type: string, value: SpecValue): boolean {
  switch (type) {
    case 'object':
      return isMap(value);
    case 'array':
      return isList(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function checkText(schema: SchemaNode, value: string, pointer: string, report: Report): void {
  const length = lengthOf(value);
  if (length < (schema.minLength ?? 0)) return report({ kind: 'wrong-length', pointer, schema, value });
  if (!matches(schema.pattern, value)) return report({ kind: 'wrong-form', pointer, schema, value });
  if (length > (schema.maxLength ?? Infinity)) report({ kind: 'wrong-length', pointer, schema, value });
}

function checkNumber(schema: SchemaNode, value: number, pointer: string, report: Report): void {
  const { minimum = -Infinity, maximum = Infinity } = schema;
  if (value < minimum || value > maximum) report({ kind: 'out-of-bounds', pointer, schema, value });
}

function checkList(schema: SchemaNode, value: readonly SpecValue[], pointer: string, report: Report): void {
  const { minItems = 0, maxItems = Infinity, items, uniqueItems } = schema;
  if (value.length < minItems || value.length > maxItems) {
    return report({ kind: 'wrong-count', pointer, schema, count: value.length });
  }
  const seen = new Set<SpecValue>();
  value.forEach((item, index) => {
    const at = childPointer(pointer, index);
    if (uniqueItems === true && seen.has(item)) report({ kind: 'duplicate-item', pointer: at, value: item });
    else if (items !== undefined) checkNode(items, item, at, report);
    seen.add(item);
  });
}

function checkMap(schema: SchemaNode, map: SpecMapValue, pointer: string, report: Report): void {
  if (schema.discriminator !== undefined) return checkBranch(schema, map, pointer, report);
  const count = Object.keys(map).length;
  if (count < (schema.minProperties ?? 0) || count > (schema.maxProperties ?? Infinity)) {
    return report({ kind: 'wrong-count', pointer, schema, count });
  }
  const entry = entryOf(schema);
  if (entry !== undefined && isUnnamed(schema, entry, map)) {
    return report({ kind: 'unnamed-entry', pointer, schema, entry, value: map });
  }
  for (const key of requiredKeys(schema, map)) {
    if (map[key] === undefined) report({ kind: 'missing-key', pointer, key, owner: schema, map });
  }
  const misplaced = entry === undefined ? NONE : findMisplaced(schema, entry, map);
  reportMisplaced(misplaced, pointer, report);
  const named = new Set([...misplaced.keys(), ...misplaced.values()]);
  for (const [key, value] of Object.entries(map)) {
    if (!named.has(key)) checkEntry(schema, map, key, value, pointer, report);
  }
}

const NONE: ReadonlyMap<string, string> = new Map();

/** One problem for each empty name, at the first key that belongs under it. */
function reportMisplaced(misplaced: ReadonlyMap<string, string>, pointer: string, report: Report): void {
  const told = new Set<string>();
  for (const [key, under] of misplaced) {
    if (!told.has(under)) report({ kind: 'misplaced-key', pointer: childPointer(pointer, key), key, under });
    told.add(under);
  }
}

function checkBranch(schema: SchemaNode, map: SpecMapValue, pointer: string, report: Report): void {
  const key = schema.discriminator?.propertyName ?? '';
  const word = map[key];
  if (word === undefined) return reportNoBranch(schema, map, pointer, key, report);
  const branch = typeof word === 'string' ? branchesOf(schema).get(word) : undefined;
  const at = childPointer(pointer, key);
  if (branch === undefined) {
    report({ kind: 'unknown-branch', pointer: at, owner: schema, value: word });
    checkUnderWord(schema, map, word, pointer, report);
  } else if (isPlanned(branch))
    report({ kind: 'planned-key', pointer: at, key: branch['x-noun'] ?? key, owner: schema });
  else checkMap(branch, map, pointer, report);
}

function reportNoBranch(schema: SchemaNode, map: SpecMapValue, pointer: string, key: string, report: Report): void {
  report({ kind: 'missing-key', pointer, key, owner: { ...schema, properties: unionOfBranches(schema) }, map });
  checkShared(schema, map, pointer, report);
}

/** Where the branch that was meant is certain, the rest is held to it. */
function checkUnderWord(schema: SchemaNode, map: SpecMapValue, word: SpecValue, pointer: string, report: Report): void {
  const meant = typeof word === 'string' ? readFieldType(word) : undefined;
  const branch = meant?.isCertain === true ? branchesOf(schema).get(meant.type) : undefined;
  if (meant === undefined || branch === undefined || isPlanned(branch))
    return checkShared(schema, map, pointer, report);
  const at = childPointer(pointer, schema.discriminator?.propertyName ?? '');
  checkMap(branch, map, pointer, (problem) => {
    const isGiven = problem.kind === 'missing-key' && Object.hasOwn(meant.attributes, problem.key);
    if (problem.pointer !== at && !isGiven) report(problem);
  });
}

/** Without the word that tells branches apart, a key is unknown only if no branch has it, and checked if all agree on it. */
function checkShared(schema: SchemaNode, map: SpecMapValue, pointer: string, report: Report): void {
  const owner = { ...schema, properties: unionOfBranches(schema) };
  const agreed = { ...schema, properties: sharedProperties(schema) };
  for (const [name, value] of Object.entries(map)) {
    if (Object.hasOwn(agreed.properties, name)) checkEntry(agreed, map, name, value, pointer, report);
    else if (!Object.hasOwn(owner.properties, name)) {
      report({ kind: 'unknown-key', pointer: childPointer(pointer, name), key: name, owner, map });
    }
  }
}

function checkEntry(
  schema: SchemaNode,
  map: SpecMapValue,
  key: string,
  value: SpecValue,
  pointer: string,
  report: Report,
): void {
  const at = childPointer(pointer, key);
  const { properties, propertyNames, additionalProperties } = schema;
  const property = properties !== undefined && Object.hasOwn(properties, key) ? properties[key] : undefined;
  if (property !== undefined) {
    if (isPlanned(resolveSchema(property)))
      report({ kind: 'planned-key', pointer: at, key: `"${key}"`, owner: schema });
    else checkNode(property, value, at, report);
    return;
  }
  if (additionalProperties === false) return report({ kind: 'unknown-key', pointer: at, key, owner: schema, map });
  if (propertyNames !== undefined && !isName(propertyNames, key)) {
    report({ kind: 'bad-name', pointer: at, key, schema: propertyNames });
  }
  if (typeof additionalProperties === 'object') checkNode(additionalProperties, value, at, report);
}

function isName(schema: SchemaNode, key: string): boolean {
  return matches(schema.pattern, key) && lengthOf(key) <= (schema.maxLength ?? Infinity);
}

/** In code points, of which most texts have as many as units. */
function lengthOf(text: string): number {
  return /[\uD800-\uDFFF]/.test(text) ? [...text].length : text.length;
}

const compiled = new Map<string, RegExp>();

function matches(pattern: string | undefined, value: string): boolean {
  if (pattern === undefined) return true;
  const known = compiled.get(pattern);
  if (known !== undefined) return known.test(value);
  const expression = new RegExp(pattern, 'u');
  compiled.set(pattern, expression);
  return expression.test(value);
}
