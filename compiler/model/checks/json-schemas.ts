import type { JsonTypeWord } from '../../spec/spec.ts';
import { childPointer } from '../../diagnostics/json-pointer.ts';
import type { JsonShape } from '../app.ts';
import { toRegex } from '../literal.ts';
import { shapeFault, typeOfShape } from '../json-shape.ts';
import { shapeSamples } from '../json-samples.ts';
import { allFields, type Check, type CheckInput, fieldPointer } from './check.ts';

/** A schema of JSON says nothing that means nothing, and some value fits it. */
export const checkJsonSchemas: Check = (input) => {
  for (const at of allFields(input.app)) {
    const { schema, example, name } = at.field;
    if (schema === undefined) continue;
    const where = fieldPointer(at, 'schema');
    const parts = [...shapesIn(schema, where)];
    const faults = parts.flatMap(([part, place]) => [...faultsOf(part, place, place === where)]);
    for (const { place, what, hint } of faults) input.reporter.report('invalid-schema', place, { what, hint });
    const isSound = faults.length === 0 && parts.every(([{ pattern }]) => isRegex(pattern));
    if (isSound && example === undefined && shapeSamples(schema).length === 0) reportNoSample(input, where, name);
  }
};

function reportNoSample({ reporter }: CheckInput, where: string, field: string): void {
  const what = `no value could be made for the schema of "${field}"`;
  reporter.report(
    'invalid-schema',
    where,
    { what, hint: 'write "example", or mend it if no value fits' },
    { at: 'key' },
  );
}

function isRegex(pattern: string | undefined): boolean {
  return pattern === undefined || toRegex(pattern) !== undefined;
}

/** A schema and those in it, with the place of each. */
export function* shapesIn(shape: JsonShape, at: string): Generator<readonly [JsonShape, string], void, undefined> {
  if (typeof shape !== 'object') return;
  yield [shape, at];
  for (const [name, member] of Object.entries(shape.properties ?? {}))
    yield* shapesIn(member, childPointer(`${at}/properties`, name));
  if (typeof shape.additionalProperties === 'object')
    yield* shapesIn(shape.additionalProperties, `${at}/additionalProperties`);
  if (shape.items !== undefined) yield* shapesIn(shape.items, `${at}/items`);
}

/** Whether values can be held to a schema: what fails under a broken one is no mistake of its own. */
export function isSoundSchema(schema: JsonShape): boolean {
  return [...shapesIn(schema, '')].every(([{ pattern }]) => pattern === undefined || toRegex(pattern) !== undefined);
}

interface Fault {
  readonly place: string;
  readonly what: string;
  readonly hint: string;
}

/** The types that a keyword says something of. */
const KEYWORDS: readonly (readonly [keyof JsonShape, readonly JsonTypeWord[]])[] = [
  ['properties', ['object']],
  ['required', ['object']],
  ['additionalProperties', ['object']],
  ['items', ['array']],
  ['minItems', ['array']],
  ['maxItems', ['array']],
  ['minLength', ['string']],
  ['maxLength', ['string']],
  ['pattern', ['string']],
  ['minimum', ['number', 'integer']],
  ['maximum', ['number', 'integer']],
  ['enum', ['string', 'number', 'integer', 'boolean']],
];

const CROSSED = [
  ['minItems', 'maxItems'],
  ['minLength', 'maxLength'],
  ['minimum', 'maximum'],
] as const;

function* faultsOf(shape: JsonShape, at: string, isTop: boolean): Generator<Fault, void, undefined> {
  const { type, nullable } = typeOfShape(shape);
  if (Array.isArray(shape.type) && !nullable)
    yield { place: `${at}/type`, what: 'two types at once are not known', hint: 'write one, or one and "null"' };
  if (isTop && nullable)
    yield {
      place: `${at}/type`,
      what: 'a whole value is never null',
      hint: 'write "optional: true" beside the schema',
    };
  for (const [keyword, types] of KEYWORDS) {
    if (shape[keyword] !== undefined && !types.includes(type))
      yield {
        place: `${at}/${keyword}`,
        what: `"${keyword}" says nothing of ${type}`,
        hint: 'remove it, or change the type',
      };
  }
  for (const [low, high] of CROSSED) {
    if ((shape[low] ?? -Infinity) > (shape[high] ?? Infinity))
      yield {
        place: `${at}/${high}`,
        what: `"${low}" is more than "${high}", so that no value is left`,
        hint: 'change one',
      };
  }
  yield* memberFaults(shape, at);
}

function* memberFaults(shape: JsonShape, at: string): Generator<Fault, void, undefined> {
  const { properties = {}, required = [], items } = shape;
  for (const [index, name] of required.entries()) {
    if (Object.hasOwn(properties, name)) continue;
    yield { place: `${at}/required/${index}`, what: `"${name}" is none of "properties"`, hint: 'declare it there' };
  }
  for (const [index, value] of (shape.enum ?? []).entries()) {
    const { enum: _, ...rest } = shape;
    if (shapeFault(rest, value) !== undefined)
      yield {
        place: `${at}/enum/${index}`,
        what: `${JSON.stringify(value)} is no value of the rest of the schema`,
        hint: 'remove it',
      };
  }
  const nested = [
    ...Object.entries(properties).map(([name, member]) => [member, childPointer(`${at}/properties`, name)] as const),
    ...(items === undefined ? [] : [[items, `${at}/items`] as const]),
  ];
  for (const [member, place] of nested) {
    if (typeof member === 'boolean')
      yield { place, what: 'a truth value is no schema here', hint: 'write one with a "type"' };
  }
}
