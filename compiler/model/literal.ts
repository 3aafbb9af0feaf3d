import type { Field, FieldTypeName, JsonShape, Limits, Literal } from './app.ts';
import { compareTimes, instant, isDate, isDatetime, isTime } from './calendar.ts';
import { compareDecimals, decimalPattern, DEFAULT_DECIMAL, wholeDigits } from './decimals.ts';
import { codePointLength, isStorableText } from './storable-text.ts';
import { shapeFault } from './json-shape.ts';
import { linkedIds } from './linked-ids.ts';
import { isEmail, isTimeZoneName, isWebUrl, MAX_ID, PHONE, TEXT_ID, UUID, WHOLE_NUMBER } from './text-formats.ts';

/** Codes of the problems that the API answers with. */
export type ProblemCode =
  | 'type'
  | 'format'
  | 'enum'
  | 'minLength'
  | 'maxLength'
  | 'pattern'
  | 'min'
  | 'max'
  | 'maxItems'
  | 'required'
  | 'unknown'
  | 'minItems';

/** Why a literal is no value of a field. */
export interface LiteralProblem {
  readonly code: ProblemCode;
  /** Finishes the sentence "the value ...". */
  readonly detail: string;
  /** What to do about it, in the imperative. */
  readonly hint: string;
  /** JSON pointer of the part of the value that is wrong; absent: the whole. */
  readonly at?: string;
}

/** What decides whether a literal is a value of the field. */
export type ValueRules = Pick<Field, 'type' | 'limits' | 'many' | 'enum' | 'schema' | 'reference' | 'links'>;

export const INTEGER = { min: -2_147_483_648, max: 2_147_483_647 } as const;
export const BIGINT = { min: -(2n ** 63n), max: 2n ** 63n - 1n } as const;

/** The first reason why the literal is no value of the field; `undefined` when it is one. */
export function literalProblem(field: ValueRules, literal: Literal): LiteralProblem | undefined {
  if (!field.many) return elementProblem(field, literal);
  if (!isList(literal)) return problem('type', 'is no list', 'write a list, as the field is "many"');
  if (literal.length > (field.limits.maxItems ?? Infinity)) {
    return beyondLimit('maxItems', `has ${literal.length} items, more than maxItems ${field.limits.maxItems}`);
  }
  return literal.map((item) => elementProblem(field, item)).find((found) => found !== undefined);
}

function isList(literal: Literal): literal is readonly Literal[] {
  return Array.isArray(literal);
}

/** The first reason why the literal is no single value of the field's type. */
export function elementProblem(field: ValueRules, literal: Literal): LiteralProblem | undefined {
  if (literal === null)
    return problem('type', 'is no value', 'remove it: an optional field without a value is null anyway');
  return checks[field.type](literal, field.limits, field);
}

type Check = (literal: Literal, limits: Limits, field: ValueRules) => LiteralProblem | undefined;

function problem(code: ProblemCode, detail: string, hint: string): LiteralProblem {
  return { code, detail, hint };
}

function beyondLimit(code: ProblemCode, detail: string): LiteralProblem {
  return problem(code, detail, 'write a value within the limits, or change them');
}

function malformed(noun: string, example: string): LiteralProblem {
  return problem('format', `is no ${noun}`, `write one like ${example}`);
}

function unstorable(): LiteralProblem {
  return problem('format', 'has NUL or half of a surrogate pair', 'leave that out');
}

function wrongType(noun: string): LiteralProblem {
  return problem('type', `is no ${noun}`, `write a ${noun}`);
}

function text(check: (value: string, limits: Limits, field: ValueRules) => LiteralProblem | undefined): Check {
  return (literal, limits, field) => {
    if (typeof literal !== 'string') return wrongType('text');
    return check(literal, limits, field);
  };
}

function form(noun: string, example: string, isValid: (value: string) => boolean): Check {
  return text((value) => (isValid(value) ? undefined : malformed(noun, example)));
}

function bounded(
  value: string,
  { min, max }: Limits,
  order: (left: string, right: string) => number,
): LiteralProblem | undefined {
  if (min !== undefined && order(value, String(min)) < 0) return beyondLimit('min', `is less than min ${min}`);
  if (max !== undefined && order(value, String(max)) > 0) return beyondLimit('max', `is more than max ${max}`);
  return undefined;
}

function numeric(literal: Literal, { min, max }: Limits): LiteralProblem | undefined {
  if (typeof literal !== 'number' || !Number.isFinite(literal)) return wrongType('number');
  if (min !== undefined && literal < Number(min)) return beyondLimit('min', `is less than min ${min}`);
  if (max !== undefined && literal > Number(max)) return beyondLimit('max', `is more than max ${max}`);
  return undefined;
}

function whole(literal: Literal, limits: Limits): LiteralProblem | undefined {
  if (typeof literal !== 'number' || !Number.isInteger(literal)) return wrongType('whole number');
  if (literal < INTEGER.min) return beyondLimit('min', `is less than ${INTEGER.min}`);
  if (literal > INTEGER.max)
    return beyondLimit('max', `is more than ${INTEGER.max}; such numbers are of type "bigint"`);
  return numeric(literal, limits);
}

function freeText(value: string, limits: Limits): LiteralProblem | undefined {
  if (!isStorableText(value)) return unstorable();
  const length = codePointLength(value);
  const { minLength = 0, maxLength = Infinity, pattern } = limits;
  if (length < minLength)
    return beyondLimit('minLength', `has ${length} characters, fewer than minLength ${minLength}`);
  if (length > maxLength) return beyondLimit('maxLength', `has ${length} characters, more than maxLength ${maxLength}`);
  const regex = pattern === undefined ? undefined : toRegex(pattern);
  return regex?.test(value) === false
    ? problem('pattern', `does not match '${pattern}'`, 'write a value that does')
    : undefined;
}

/** The regex of a pattern; `undefined` when it is invalid, which is another diagnostic. */
export function toRegex(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}

function bigint(value: string, limits: Limits): LiteralProblem | undefined {
  if (!WHOLE_NUMBER.test(value)) return malformed('whole number', '"42"');
  const number = BigInt(value);
  if (number < BIGINT.min) return beyondLimit('min', `is less than ${BIGINT.min}`);
  if (number > BIGINT.max) return beyondLimit('max', `is more than ${BIGINT.max}`);
  return bounded(value, limits, compareDecimals);
}

function decimal(value: string, limits: Limits): LiteralProblem | undefined {
  const { scale = DEFAULT_DECIMAL.scale } = limits;
  if (!new RegExp(decimalPattern(limits)).test(value)) {
    return problem(
      'format',
      `is no decimal of at most ${wholeDigits(limits)} digits before and ${scale} after the point`,
      'write one, or change "precision" and "scale"',
    );
  }
  return bounded(value, limits, compareDecimals);
}

function time(value: string, limits: Limits): LiteralProblem | undefined {
  return isTime(value) ? bounded(value, limits, compareTimes) : malformed('time of day', '"09:30:00"');
}

function compareCodeUnits(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareInstants(left: string, right: string): number {
  const difference = (instant(left) ?? 0n) - (instant(right) ?? 0n);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function json(literal: Literal): LiteralProblem | undefined {
  if (typeof literal === 'string' && !isStorableText(literal)) {
    return unstorable();
  }
  if (typeof literal === 'number' && !Number.isFinite(literal)) {
    return problem('format', 'has a number that cannot be kept exactly', 'write it as text');
  }
  if (typeof literal !== 'object' || literal === null) return undefined;
  const children: readonly Literal[] = Object.entries(literal).flatMap(([key, value]) =>
    isList(literal) ? [value] : [key, value],
  );
  return children.map(json).find((found) => found !== undefined);
}

function shapeProblem(schema: JsonShape, literal: Literal): LiteralProblem | undefined {
  const fault = shapeFault(schema, literal);
  if (fault === undefined) return undefined;
  const place = fault.at === '' ? '' : ` at ${fault.at}`;
  return {
    ...problem(fault.code, `does not fit its schema${place} (${fault.code})`, 'write one that does'),
    at: fault.at,
  };
}

function enumValue(value: string, _: Limits, { enum: enumeration }: ValueRules): LiteralProblem | undefined {
  const initial = enumeration?.initial;
  if (enumeration?.values.includes(value) !== true)
    return problem('enum', 'is not one of the values', 'write one of them');
  if (initial?.includes(value) !== false) return undefined;
  return problem('enum', 'is no value that rows start with', 'write one that is');
}

/** The id of a row, of the kind that the entity at the end of the link has. */
function linkedId(value: string, _: Limits, field: ValueRules): LiteralProblem | undefined {
  switch (linkedIds(field)) {
    case 'bigint':
      return bigint(value, {});
    case 'string':
      return value.length <= MAX_ID && new RegExp(TEXT_ID, 'u').test(value) ? undefined : malformed('id', 'ann-1');
    default:
      return UUID.test(value) ? undefined : malformed('UUID', '018f4d2e-7b6a-7c31-9d50-3f1a2b4c5d6e');
  }
}

/** One row a type; `null` never gets here. */
const checks: Readonly<Record<FieldTypeName, Check>> = {
  string: text(freeText),
  text: text(freeText),
  integer: whole,
  bigint: text(bigint),
  decimal: text(decimal),
  number: numeric,
  boolean: (literal) =>
    typeof literal === 'boolean' ? undefined : problem('type', 'is neither true nor false', 'write one of them'),
  date: text((value, limits) =>
    isDate(value) ? bounded(value, limits, compareCodeUnits) : malformed('day of the calendar', '2026-03-14'),
  ),
  time: text(time),
  datetime: text((value, limits) =>
    isDatetime(value)
      ? bounded(value, limits, compareInstants)
      : malformed('moment with its offset', '2026-03-14T09:26:53Z'),
  ),
  timeZone: form('time zone', 'Europe/Paris', isTimeZoneName),
  uuid: form('UUID', '018f4d2e-7b6a-7c31-9d50-3f1a2b4c5d6e', (value) => UUID.test(value)),
  json: (literal, _, { schema }) => json(literal) ?? (schema && shapeProblem(schema, literal)),
  enum: text(enumValue),
  email: form('e-mail address', 'ann@example.com', isEmail),
  phone: form('phone number', '"+15551234567"', (value) => PHONE.test(value)),
  url: form('http or https URL', 'https://example.com', isWebUrl),
  reference: text(linkedId),
  references: text(linkedId),
};
