import { z } from '@hono/zod-openapi';
import { isDate, isDateTime, isTime, isTimeZone, isUrl, utcText } from './field-formats.ts';
import { boundedText, compared, formatted, type TextLimits } from './field-rules.ts';

const INT32 = { min: -2_147_483_648, max: 2_147_483_647 } as const;
const INT64 = { min: '-9223372036854775808', max: '9223372036854775807' } as const;

/** Lower bounds and upper bounds, inclusive. */
interface Range<Value> {
  readonly min?: Value;
  readonly max?: Value;
}

interface DecimalLimits extends Range<string> {
  /** Digits in all. */
  readonly precision?: number;
  /** Digits after the point. */
  readonly scale?: number;
}

/** Numeric order of decimal strings of any size, exactly. */
function decimalOrder(left: string, right: string): number {
  const scale = Math.max(fractionOf(left).length, fractionOf(right).length);
  const difference = shifted(left, scale) - shifted(right, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function fractionOf(text: string): string {
  return text.split('.')[1] ?? '';
}

function shifted(text: string, scale: number): bigint {
  const magnitude = BigInt(text.replace('-', '').split('.')[0] + fractionOf(text).padEnd(scale, '0'));
  return text.startsWith('-') ? -magnitude : magnitude;
}

function codeUnitOrder(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function instantOrder(left: string, right: string): number {
  return codeUnitOrder(utcText(left), utcText(right));
}

function decimalPattern({ precision = 1000, scale = 1000 }: DecimalLimits): RegExp {
  const whole = Math.max(precision - scale, scale === 1000 ? 100 : 0);
  const head = whole === 0 ? '0' : `(0|[1-9]\\d{0,${whole - 1}})`;
  return new RegExp(scale === 0 ? `^-?${head}$` : `^-?${head}(\\.\\d{1,${scale === 1000 ? 100 : scale}})?$`);
}

/** Finishes the sentence "must be ..." with the digits that `numeric(precision, scale)` stores exactly. */
function decimalForm({ precision, scale = 0 }: DecimalLimits): string {
  if (precision === undefined) return 'a decimal in a string';
  const before = precision - scale;
  const after = scale === 0 ? 'none' : String(scale);
  return before === 0
    ? `a decimal with 0 before and at most ${scale} ${plural(scale)} after the point, in a string`
    : `a decimal with at most ${before} ${plural(before)} before and ${after} after the point, in a string`;
}

function plural(count: number): string {
  return count === 1 ? 'digit' : 'digits';
}

/** One zod schema factory for each field type of the spec language; values are as JSON carries them. */
export const field = {
  /** Text of `minLength` to `maxLength` Unicode code points; `pattern` is an ECMAScript regular expression with the `u` flag. */
  string: (limits: TextLimits = {}) => boundedText(limits),

  /** A JSON number that fits Postgres' `integer`. */
  integer: ({ min = INT32.min, max = INT32.max }: Range<number> = {}) => z.number().int().min(min).max(max),

  /** Decimal digits of a 64-bit integer, as a string. */
  bigint: ({ min = INT64.min, max = INT64.max }: Range<string> = {}) =>
    compared(
      formatted('an integer in a string', (text) => /^-?(0|[1-9]\d{0,99})$/.test(text)),
      { min, max },
      decimalOrder,
    ),

  /** An exact decimal as a string with at most `scale` digits after the point. */
  decimal: (limits: DecimalLimits = {}) => {
    const pattern = decimalPattern(limits);
    return compared(
      formatted(decimalForm(limits), (text) => pattern.test(text)),
      limits,
      decimalOrder,
    );
  },

  /** A finite double. */
  number: ({ min, max }: Range<number> = {}) => {
    const lower = min === undefined ? z.number() : z.number().min(min);
    return max === undefined ? lower : lower.max(max);
  },

  boolean: () => z.boolean(),

  /** A calendar date, `2026-03-14`. */
  date: (range: Range<string> = {}) => compared(formatted('a date like 2026-03-14', isDate), range, codeUnitOrder),

  /** A time of day, `09:30:00`, with up to six digits of a second. */
  time: (range: Range<string> = {}) => compared(formatted('a time like 09:30:00', isTime), range, codeUnitOrder),

  /** An RFC 3339 instant with its offset and up to six digits of a second. */
  datetime: (range: Range<string> = {}) =>
    compared(formatted('a date-time like 2026-03-14T09:26:53Z', isDateTime), range, instantOrder),

  /** An IANA time zone that this server knows. */
  timeZone: () => formatted('a time zone like Europe/Paris', isTimeZone),

  /** Any UUID that Postgres accepts in its usual spelling, whatever its version bits; it is spelled as Postgres does. */
  uuid: () =>
    formatted('a UUID', (text) =>
      /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text),
    ).toLowerCase(),

  /** An id that is a text: one part of a path, and of a list of ids. */
  textId: () =>
    formatted('an id of 1 to 255 letters, digits and -_~:@|+=., the first no dot', (text) =>
      /^[A-Za-z0-9_~:@|+=-][A-Za-z0-9_~:@|+=.-]{0,254}$/.test(text),
    ),

  /** The id of the row pointed to. */
  reference: () => field.uuid(),

  /** Any JSON value but null; that its numbers are kept as they are written is seen where the text is read. */
  json: () => z.unknown().check(checkJson),

  /** JSON of a shape. */
  shaped: <Shape extends z.ZodType>(shape: Shape) => shape.check(checkJson),

  enum: <const Values extends readonly [string, ...string[]]>(values: Values) => z.enum(values),

  /** An address of at most 254 characters. */
  email: () => boundedText({ maxLength: 254 }).check(z.email({ error: 'must be an e-mail address' })),

  /** An E.164 number, `+15551234567`. */
  phone: () => formatted('a phone number like +15551234567', (text) => /^\+[1-9]\d{6,14}$/.test(text)),

  /** An absolute http or https URL of at most 2048 characters. */
  url: () => formatted('an http or https URL', isUrl),

  /** An array of at most `maxItems` values. */
  many: <Item extends z.core.SomeType>(item: Item, { maxItems }: { readonly maxItems: number }) =>
    z.array(item).max(maxItems),

  /** The ids of at most `maxItems` rows, none twice. */
  references: ({ maxItems }: { readonly maxItems: number }, id: z.ZodString = field.reference()) =>
    field.many(id, { maxItems }).check(checkDistinct),
};

function checkDistinct(context: z.core.ParsePayload<string[]>): void {
  const seen = new Set<string>();
  for (const [index, id] of context.value.entries()) {
    if (seen.has(id)) {
      context.issues.push({
        code: 'custom',
        params: { code: 'repeated' },
        path: [index],
        input: id,
        message: REPEATED,
      });
    }
    seen.add(id);
  }
}

const REPEATED = 'is in the list already';

/** JSON numbers outlive a round trip only while a double holds them; null stands for an absent value. */
function checkJson(context: z.core.ParsePayload): void {
  if (context.value === undefined || context.value === null) {
    context.issues.push({
      code: 'invalid_type',
      expected: 'unknown',
      input: context.value,
      message: 'must be present and not null',
    });
    return;
  }
  const pending: unknown[] = [context.value];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value === 'number' && !Number.isFinite(value)) {
      context.issues.push({
        code: 'custom',
        input: context.value,
        params: { code: 'number' },
        message: 'has a number that cannot be kept exactly; write it as a string',
      });
      return;
    }
    if (typeof value === 'object' && value !== null) pending.push(...Object.values(value));
  }
}
