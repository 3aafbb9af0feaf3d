import type { FieldTypeName, JsonShape, Literal } from './app.ts';
import { decimalRange, DEFAULT_DECIMAL, fromUnits } from './decimals.ts';
import type { SampledField } from './field-kinds.ts';
import { misfits } from './json-samples.ts';
import { shapeFault } from './json-shape.ts';
import { BIGINT, INTEGER, literalProblem, type ProblemCode, toRegex } from './literal.ts';
import { patternSamples } from './pattern/pattern-samples.ts';
import { elementSamples } from './samples.ts';

/** A value that the API refuses, and the code of its one problem. */
export interface InvalidSample {
  readonly value: Literal;
  readonly code: ProblemCode;
  /** JSON pointer of the part that is wrong; absent: the whole. */
  readonly at?: string;
}

/** Texts longer than this are no use as samples. */
const LONGEST = 500;

/** A few values that each break exactly one rule of the field. */
export function invalidSamples(field: SampledField): readonly InvalidSample[] {
  const wrong = field.many ? wrongLists(field) : [...wrongType(field), ...wrongValues[field.type](field)];
  return wrong.filter(({ value, code }) => literalProblem(field, value)?.code === code);
}

function wrongLists(field: SampledField): readonly InvalidSample[] {
  const [item] = elementSamples(field);
  const { maxItems } = field.limits;
  const type: InvalidSample = { value: 1, code: 'type' };
  if (item === undefined || maxItems === undefined || maxItems > LONGEST) return [type];
  return [type, { value: Array.from({ length: maxItems + 1 }, () => item), code: 'maxItems' }];
}

function wrongType({ type }: SampledField): readonly InvalidSample[] {
  if (type === 'json' || type === 'enum') return [];
  return [{ value: type === 'integer' || type === 'number' || type === 'boolean' ? 'text' : 1, code: 'type' }];
}

type WrongValues = (field: SampledField) => readonly InvalidSample[];

const none: WrongValues = () => [];
const malformed: WrongValues = () => [{ value: '+0', code: 'format' }];
const wrongNumbers: WrongValues = (field) =>
  beyond(field, INTEGER.min - 1, INTEGER.max + 1, (bound, by) => Number(bound) + by);

/** Values of the right type that break a rule; the ones that break another rule too are sorted out later. */
const wrongValues: Readonly<Record<FieldTypeName, WrongValues>> = {
  string: wrongTexts,
  text: wrongTexts,
  integer: wrongNumbers,
  bigint: (field) => [
    { value: '1.5', code: 'format' },
    ...beyond(field, `${BIGINT.min - 1n}`, `${BIGINT.max + 1n}`, (bound, by) => `${BigInt(bound) + BigInt(by)}`),
  ],
  decimal: wrongDecimals,
  number: wrongNumbers,
  boolean: none,
  date: (field) => [{ value: '2026-02-30', code: 'format' }, ...beyond(field, '0001-01-01', '9999-12-31')],
  time: (field) => [{ value: '25:00:00', code: 'format' }, ...beyond(field, '00:00:00', '23:59:59.999999')],
  datetime: (field) => [
    { value: '2026-03-14T09:26:53', code: 'format' },
    ...beyond(field, '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999999Z'),
  ],
  timeZone: malformed,
  uuid: malformed,
  json: ({ schema }) => (schema === undefined ? [] : misfitSamples(schema)),
  enum: (field) => [{ value: unknownValue(field.enum?.values ?? []), code: 'enum' }],
  email: malformed,
  phone: malformed,
  url: malformed,
  reference: malformed,
  references: malformed,
};

/** One step outside of `min` and `max`; where there is no bound, or no step from it, the ends of the type. */
function beyond(
  { limits }: SampledField,
  lowest: number | string,
  highest: number | string,
  step?: (bound: number | string, by: 1 | -1) => Literal,
): readonly InvalidSample[] {
  const below = limits.min === undefined || step === undefined ? lowest : step(limits.min, -1);
  const above = limits.max === undefined || step === undefined ? highest : step(limits.max, 1);
  return [
    { value: below, code: 'min' },
    { value: above, code: 'max' },
  ];
}

function wrongDecimals({ limits }: SampledField): readonly InvalidSample[] {
  const { scale = DEFAULT_DECIMAL.scale } = limits;
  const { low, high } = decimalRange(limits);
  return [
    { value: 'many', code: 'format' },
    { value: fromUnits(low - 1n, scale), code: 'min' },
    { value: fromUnits(high + 1n, scale), code: 'max' },
  ];
}

function wrongTexts({ limits }: SampledField): readonly InvalidSample[] {
  const { minLength = 0, maxLength = LONGEST, pattern } = limits;
  const texts = maxLength < LONGEST ? textsOf(maxLength + 1, maxLength + 1, pattern) : [];
  const tooLong = texts.map((value): InvalidSample => ({ value, code: 'maxLength' }));
  const short = minLength > 0 ? textsOf(0, minLength - 1, pattern) : [];
  const tooShort = short.map((value): InvalidSample => ({ value, code: 'minLength' }));
  if (pattern === undefined) return [...tooLong, ...tooShort];
  return [...tooLong, ...tooShort, ...unlike(minLength, maxLength, pattern)];
}

/** At most one text of such a length that matches the pattern. */
function textsOf(min: number, max: number, pattern: string | undefined): readonly string[] {
  const regex = pattern === undefined ? undefined : toRegex(pattern);
  if (pattern === undefined || regex === undefined) return ['a'.repeat(max)];
  const fits = (text: string): boolean => [...text].length >= min && [...text].length <= max && regex.test(text);
  return patternSamples(pattern, max, 1, fits);
}

/** At most one text of a fitting length that does not match the pattern. */
function unlike(min: number, max: number, pattern: string): readonly InvalidSample[] {
  const regex = toRegex(pattern);
  const texts = ['!', 'a', 'A', '0', ' '].map((character) => character.repeat(Math.min(max, Math.max(1, min))));
  const found = texts.find((text) => regex?.test(text) === false);
  return found === undefined ? [] : [{ value: found, code: 'pattern' }];
}

function misfitSamples(schema: JsonShape): readonly InvalidSample[] {
  return misfits(schema).flatMap((value) => {
    const fault = shapeFault(schema, value);
    return fault === undefined ? [] : [{ value, ...fault }];
  });
}

function unknownValue(values: readonly string[]): string {
  let value = 'unknown';
  while (values.includes(value)) value += '-value';
  return value;
}
