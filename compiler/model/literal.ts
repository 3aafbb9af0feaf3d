import type { Field, FieldTypeName, Limits, Literal } from './app.ts';
import { compareTimes, instant, isDate, isDatetime, isTime } from './calendar.ts';
import { compareDecimals, decimalPattern, DEFAULT_DECIMAL, wholeDigits } from './decimals.ts';
import { codePointLength, isStorableText } from './storable-text.ts';
import { isEmail, isTimeZoneName, isWebUrl, PHONE, UUID, WHOLE_NUMBER } from './text-formats.ts';

/** Codes of the problems that the API answers with. */
export type ProblemCode =
  'type' | 'format' | 'enum' | 'minLength' | 'maxLength' | 'pattern' | 'min' | 'max' | 'maxItems';

/** Why a literal is no value of a field; `detail` finishes the sentence "the value ...". */
export interface LiteralProblem {
  readonly code: ProblemCode;
  readonly detail: string;
  /** What was surely meant. */
  readonly instead?: string;
}

/** What decides whether a literal is a value of the field. */
export type ValueRules = Pick<Field, 'type' | 'limits' | 'many' | 'enum'>;

export const INTEGER = { min: -2_147_483_648, max: 2_147_483_647 } as const;
export const BIGINT = { min: -(2n ** 63n), max: 2n ** 63n - 1n } as const;

/** The first reason why the literal is no value of the field; `undefined` when it is one. */
export function literalProblem(field: ValueRules, literal: Literal): LiteralProblem | undefined {
  if (!field.many) return elementProblem(field, literal);
  if (!isList(literal)) return problem('type', 'must be a list, because the field has "many: true"');
  if (literal.length > (field.limits.maxItems ?? Infinity)) {
    return problem('maxItems', `has ${literal.length} items, more than maxItems ${field.limits.maxItems}`);
  }
  return literal.map((item) => elementProblem(field, item)).find((found) => found !== undefined);
}

function isList(literal: Literal): literal is readonly Literal[] {
  return Array.isArray(literal);
}

/** The first reason why the literal is no single value of the field's type. */
export function elementProblem(field: ValueRules, literal: Literal): LiteralProblem | undefined {
  if (literal === null) return problem('type', 'must not be null');
  return checks[field.type](literal, field.limits, field);
}

type Check = (literal: Literal, limits: Limits, field: ValueRules) => LiteralProblem | undefined;

function problem(code: ProblemCode, detail: string, instead?: string): LiteralProblem {
  return instead === undefined ? { code, detail } : { code, detail, instead };
}

function text(check: (value: string, limits: Limits, field: ValueRules) => LiteralProblem | undefined): Check {
  return (literal, limits, field) => {
    if (typeof literal !== 'string') return problem('type', 'must be a string');
    return check(literal, limits, field);
  };
}

function form(description: string, isValid: (value: string) => boolean): Check {
  return text((value) => (isValid(value) ? undefined : problem('format', `must be ${description}`)));
}

function bounded(
  value: string,
  { min, max }: Limits,
  order: (left: string, right: string) => number,
): LiteralProblem | undefined {
  if (min !== undefined && order(value, String(min)) < 0) return problem('min', `is less than min ${min}`);
  if (max !== undefined && order(value, String(max)) > 0) return problem('max', `is more than max ${max}`);
  return undefined;
}

function numeric(literal: Literal, { min, max }: Limits): LiteralProblem | undefined {
  if (typeof literal !== 'number' || !Number.isFinite(literal)) return problem('type', 'must be a number');
  if (min !== undefined && literal < Number(min)) return problem('min', `is less than min ${min}`);
  if (max !== undefined && literal > Number(max)) return problem('max', `is more than max ${max}`);
  return undefined;
}

function whole(literal: Literal, limits: Limits): LiteralProblem | undefined {
  if (typeof literal !== 'number' || !Number.isInteger(literal)) return problem('type', 'must be a whole number');
  if (literal < INTEGER.min) return problem('min', `is less than ${INTEGER.min}`);
  if (literal > INTEGER.max) return problem('max', `is more than ${INTEGER.max}; such numbers are of type "bigint"`);
  return numeric(literal, limits);
}

function freeText(value: string, limits: Limits): LiteralProblem | undefined {
  if (!isStorableText(value)) return problem('format', 'must not contain NUL or half of a surrogate pair');
  const length = codePointLength(value);
  const { minLength = 0, maxLength = Infinity, pattern } = limits;
  if (length < minLength) return problem('minLength', `has ${length} characters, fewer than minLength ${minLength}`);
  if (length > maxLength) return problem('maxLength', `has ${length} characters, more than maxLength ${maxLength}`);
  const regex = pattern === undefined ? undefined : toRegex(pattern);
  return regex?.test(value) === false ? problem('pattern', `does not match the pattern ${pattern}`) : undefined;
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
  if (!WHOLE_NUMBER.test(value)) return problem('format', 'must be a whole number in quotes');
  const number = BigInt(value);
  if (number < BIGINT.min) return problem('min', `is less than ${BIGINT.min}`);
  if (number > BIGINT.max) return problem('max', `is more than ${BIGINT.max}`);
  return bounded(value, limits, compareDecimals);
}

function decimal(value: string, limits: Limits): LiteralProblem | undefined {
  const { scale = DEFAULT_DECIMAL.scale } = limits;
  if (!new RegExp(decimalPattern(limits)).test(value)) {
    return problem(
      'format',
      `must be a decimal with at most ${wholeDigits(limits)} digits before and ${scale} after the point`,
    );
  }
  return bounded(value, limits, compareDecimals);
}

function time(value: string, limits: Limits): LiteralProblem | undefined {
  if (isTime(`${value}:00`)) return problem('format', 'must be a time with its seconds', `${value}:00`);
  if (!isTime(value)) return problem('format', 'must be a time like 09:30:00');
  return bounded(value, limits, compareTimes);
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
    return problem('format', 'must not contain NUL or half of a surrogate pair');
  }
  if (
    typeof literal === 'number' &&
    !(Number.isInteger(literal) ? Number.isSafeInteger(literal) : Number.isFinite(literal))
  ) {
    return problem('format', 'has a number that cannot be kept exactly; write it as a string');
  }
  if (typeof literal !== 'object' || literal === null) return undefined;
  const children: readonly Literal[] = Object.entries(literal).flatMap(([key, value]) =>
    isList(literal) ? [value] : [key, value],
  );
  return children.map(json).find((found) => found !== undefined);
}

function enumValue(value: string, _: Limits, { enum: enumeration }: ValueRules): LiteralProblem | undefined {
  const initial = enumeration?.initial;
  if (enumeration?.values.includes(value) !== true) return problem('enum', 'is not one of the values');
  if (initial?.includes(value) !== false) return undefined;
  return problem('enum', 'is not a value that a row may start with');
}

/** One row a type; `null` never gets here. */
const checks: Readonly<Record<FieldTypeName, Check>> = {
  string: text(freeText),
  text: text(freeText),
  integer: whole,
  bigint: text(bigint),
  decimal: text(decimal),
  number: numeric,
  boolean: (literal) => (typeof literal === 'boolean' ? undefined : problem('type', 'must be true or false')),
  date: text((value, limits) =>
    isDate(value)
      ? bounded(value, limits, compareCodeUnits)
      : problem('format', 'must be a date of the calendar like 2026-03-14'),
  ),
  time: text(time),
  datetime: text((value, limits) =>
    isDatetime(value)
      ? bounded(value, limits, compareInstants)
      : problem('format', 'must be a moment with its offset like 2026-03-14T09:26:53Z'),
  ),
  timeZone: form('a time zone like Europe/Paris', isTimeZoneName),
  uuid: form('a UUID', (value) => UUID.test(value)),
  json,
  enum: text(enumValue),
  email: form('an e-mail address', isEmail),
  phone: form('a phone number like +15551234567', (value) => PHONE.test(value)),
  url: form('an http or https URL', isWebUrl),
  reference: form('a UUID', (value) => UUID.test(value)),
};
