import type { Field, FieldTypeName, Limits, Literal } from './app.ts';

/** How the runtime turns the column's Postgres text into JSON text; see `runtime/crud/codecs.ts`. */
export type CodecName = 'text' | 'quoted' | 'number' | 'boolean' | 'datetime' | 'json';

/** Comparisons a list filter may offer; each is `?key[op]=`, `eq` is bare `?key=`. */
export const FILTER_OPERATORS = ['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'contains', 'null'] as const;
export type FilterOperator = (typeof FILTER_OPERATORS)[number];

/** A JSON Schema (OpenAPI 3.1) of one value, keys in the order they are printed. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Everything the compiler knows about one field type. Adding a type is adding a row. */
export interface FieldType {
  /** Postgres type of one element, as `format_type()` spells it. `undefined`: the field's enum type. */
  readonly postgres: (limits: Limits) => string | undefined;
  /** The runtime's zod factory `field.<name>(options)` and its options in print order. */
  readonly factory: { readonly name: string; readonly options: readonly (keyof Limits)[] };
  readonly schema: (field: Field) => JsonSchema;
  readonly codec: CodecName;
  /** Offered when a list filters by the field; `null` is added for optional fields. */
  readonly filters: readonly FilterOperator[];
  /** Compared as `lower(column)`: filters, sorts, uniques and their indexes. */
  readonly caseInsensitive: boolean;
  readonly sortable: boolean;
  /** Up to three distinct valid values, the first one also the documented example. */
  readonly samples: (field: Field) => readonly Literal[];
}

const EXACT = ['eq', 'ne', 'in'] as const;
const ORDERED = [...EXACT, 'gt', 'gte', 'lt', 'lte'] as const;
const TEXTUAL = [...EXACT, 'contains'] as const;

const INTEGER = { min: -2_147_483_648, max: 2_147_483_647 } as const;
const BIGINT = { min: -(2n ** 63n), max: 2n ** 63n - 1n } as const;

function defined(entries: Record<string, unknown>): JsonSchema {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}

function stringSchema({ limits }: Field): JsonSchema {
  return defined({ type: 'string', minLength: limits.minLength, maxLength: limits.maxLength, pattern: limits.pattern });
}

function formatted(format: string, extra: Record<string, unknown> = {}): () => JsonSchema {
  return () => ({ type: 'string', format, ...extra });
}

/** Text samples fitted into the length limits. */
function textSamples({ name, limits }: Field): readonly string[] {
  const min = limits.minLength ?? 0;
  const max = limits.maxLength ?? 255;
  if (max === 0) return [''];
  return ['first', 'second', 'third'].map((word) => fitText(`${word} ${name}`, min, max));
}

function fitText(text: string, min: number, max: number): string {
  const padded = text.padEnd(min, '-');
  return padded.length <= max ? padded : padded.slice(0, max);
}

function integerSamples({ limits }: Field): readonly number[] {
  const low = Math.max(Math.ceil(Number(limits.min ?? INTEGER.min)), INTEGER.min);
  const high = Math.min(Math.floor(Number(limits.max ?? INTEGER.max)), INTEGER.max);
  return within([7, 42, 99], low, high, 1);
}

function numberSamples({ limits }: Field): readonly number[] {
  const low = Number(limits.min ?? -1e300);
  const high = Number(limits.max ?? 1e300);
  return within([1.5, 2.25, 40.75], low, high, Math.min(1, (high - low) / 4));
}

/** The wished values when all lie within the bounds, else up to three steps up from the lowest bound or down from the highest. */
function within(wished: readonly number[], low: number, high: number, step: number): readonly number[] {
  if (wished.every((value) => value >= low && value <= high)) return wished;
  const start = Math.abs(low) <= Math.abs(high) ? low : high;
  const direction = start === low ? 1 : -1;
  const steps = [0, 1, 2].map((count) => start + direction * count * step);
  return [...new Set(steps)].filter((value) => value >= low && value <= high);
}

function bigintSamples({ limits }: Field): readonly string[] {
  const low = BigInt(limits.min ?? BIGINT.min);
  const high = BigInt(limits.max ?? BIGINT.max);
  return bigWithin([9007199254740993n, 42n, 7n], low, high).map(String);
}

function bigWithin(wished: readonly bigint[], low: bigint, high: bigint): readonly bigint[] {
  if (wished.every((value) => value >= low && value <= high)) return wished;
  const start = low < 0n && high >= 0n ? 0n : low >= 0n ? low : high;
  const direction = start === high && high < 0n ? -1n : 1n;
  return [0n, 1n, 2n].map((count) => start + direction * count).filter((value) => value >= low && value <= high);
}

/** Integer digits of `numeric(precision, scale)`. */
export function wholeDigits({ precision = 19, scale = 4 }: Limits): number {
  return precision - scale;
}

/** What a decimal string must look like so that Postgres stores it without rounding. */
export function decimalPattern(limits: Limits): string {
  const whole = wholeDigits(limits);
  const head = whole === 0 ? '0' : `(0|[1-9]\\d{0,${whole - 1}})`;
  return limits.scale === 0 ? `^-?${head}$` : `^-?${head}(\\.\\d{1,${limits.scale}})?$`;
}

function decimalSamples({ limits }: Field): readonly string[] {
  const scale = limits.scale ?? 4;
  const unit = 10n ** BigInt(scale);
  const edge = 10n ** BigInt(limits.precision ?? 19) - 1n;
  const low = limits.min === undefined ? -edge : scaled(String(limits.min), scale, 'up');
  const high = limits.max === undefined ? edge : scaled(String(limits.max), scale, 'down');
  return bigWithin([unit * 3n / 2n, unit * 9n / 4n, unit * 12n + 1n], low, high).map((value) => unscaled(value, scale));
}

/** A decimal string as an integer count of 10^-scale. */
function scaled(text: string, scale: number, round: 'up' | 'down'): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const kept = fraction.slice(0, scale).padEnd(scale, '0');
  const cut = /[1-9]/.test(fraction.slice(scale));
  const magnitude = BigInt(whole + kept);
  const value = text.startsWith('-') ? -magnitude : magnitude;
  if (!cut) return value;
  if (round === 'up') return text.startsWith('-') ? value : value + 1n;
  return text.startsWith('-') ? value - 1n : value;
}

function unscaled(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const sign = value < 0n ? '-' : '';
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** The wished moments when the bounds admit them, else the bounds themselves. */
function orderedSamples(wished: readonly string[]): (field: Field) => readonly string[] {
  return ({ limits }) => {
    const { min, max } = limits;
    const fits = wished.filter((value) => (min === undefined || value >= String(min)) && (max === undefined || value <= String(max)));
    if (fits.length > 0) return fits;
    return [...new Set([min, max].filter((value) => value !== undefined).map(String))];
  };
}

const UUIDS = ['018f4d2e-7b6a-7c31-9d50-3f1a2b4c5d6e', '018f4d2e-8c7b-7d42-8e61-4a2b3c5d6e7f', '018f4d2e-9d8c-7e53-9f72-5b3c4d6e7f80'];

/** The one table of field types. */
export const fieldTypes: Readonly<Record<FieldTypeName, FieldType>> = {
  string: {
    postgres: (limits) => `character varying(${limits.maxLength})`,
    factory: { name: 'string', options: ['minLength', 'maxLength', 'pattern'] },
    schema: stringSchema,
    codec: 'text',
    filters: TEXTUAL,
    caseInsensitive: false,
    sortable: true,
    samples: textSamples,
  },
  text: {
    postgres: () => 'text',
    factory: { name: 'string', options: ['minLength', 'maxLength', 'pattern'] },
    schema: stringSchema,
    codec: 'text',
    filters: TEXTUAL,
    caseInsensitive: false,
    sortable: true,
    samples: textSamples,
  },
  integer: {
    postgres: () => 'integer',
    factory: { name: 'integer', options: ['min', 'max'] },
    schema: ({ limits }) => ({
      type: 'integer',
      format: 'int32',
      minimum: limits.min ?? INTEGER.min,
      maximum: limits.max ?? INTEGER.max,
    }),
    codec: 'number',
    filters: ORDERED,
    caseInsensitive: false,
    sortable: true,
    samples: integerSamples,
  },
  bigint: {
    postgres: () => 'bigint',
    factory: { name: 'bigint', options: ['min', 'max'] },
    schema: () => ({ type: 'string', format: 'int64', pattern: '^-?(0|[1-9]\\d{0,18})$', maxLength: 20 }),
    codec: 'quoted',
    filters: ORDERED,
    caseInsensitive: false,
    sortable: true,
    samples: bigintSamples,
  },
  decimal: {
    postgres: ({ precision, scale }) => `numeric(${precision},${scale})`,
    factory: { name: 'decimal', options: ['precision', 'scale', 'min', 'max'] },
    schema: ({ limits }) => ({
      type: 'string',
      format: 'decimal',
      pattern: decimalPattern(limits),
      maxLength: (limits.precision ?? 19) + 3,
    }),
    codec: 'quoted',
    filters: ORDERED,
    caseInsensitive: false,
    sortable: true,
    samples: decimalSamples,
  },
  number: {
    postgres: () => 'double precision',
    factory: { name: 'number', options: ['min', 'max'] },
    schema: ({ limits }) => defined({ type: 'number', format: 'double', minimum: limits.min, maximum: limits.max }),
    codec: 'number',
    filters: ORDERED,
    caseInsensitive: false,
    sortable: true,
    samples: numberSamples,
  },
  boolean: {
    postgres: () => 'boolean',
    factory: { name: 'boolean', options: [] },
    schema: () => ({ type: 'boolean' }),
    codec: 'boolean',
    filters: ['eq', 'ne'],
    caseInsensitive: false,
    sortable: true,
    samples: () => [true, false],
  },
  date: {
    postgres: () => 'date',
    factory: { name: 'date', options: ['min', 'max'] },
    schema: formatted('date'),
    codec: 'quoted',
    filters: ORDERED,
    caseInsensitive: false,
    sortable: true,
    samples: orderedSamples(['2026-03-14', '2026-07-01', '2027-01-31']),
  },
  time: {
    postgres: () => 'time without time zone',
    factory: { name: 'time', options: ['min', 'max'] },
    schema: () => ({ type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?$', maxLength: 15 }),
    codec: 'quoted',
    filters: ORDERED,
    caseInsensitive: false,
    sortable: true,
    samples: orderedSamples(['09:30:00', '12:45:30', '17:00:00']),
  },
  datetime: {
    postgres: () => 'timestamp with time zone',
    factory: { name: 'datetime', options: ['min', 'max'] },
    schema: formatted('date-time'),
    codec: 'datetime',
    filters: ORDERED,
    caseInsensitive: false,
    sortable: true,
    samples: orderedSamples(['2026-03-14T09:26:53Z', '2026-07-01T12:00:00.5Z', '2027-01-31T23:59:59.123456Z']),
  },
  timeZone: {
    postgres: () => 'character varying(64)',
    factory: { name: 'timeZone', options: [] },
    schema: () => ({ type: 'string', format: 'timezone', maxLength: 64 }),
    codec: 'text',
    filters: EXACT,
    caseInsensitive: false,
    sortable: true,
    samples: () => ['Europe/Paris', 'UTC', 'Asia/Kathmandu'],
  },
  uuid: {
    postgres: () => 'uuid',
    factory: { name: 'uuid', options: [] },
    schema: formatted('uuid'),
    codec: 'quoted',
    filters: EXACT,
    caseInsensitive: false,
    sortable: true,
    samples: () => UUIDS,
  },
  json: {
    postgres: () => 'jsonb',
    factory: { name: 'json', options: [] },
    schema: () => ({}),
    codec: 'json',
    filters: [],
    caseInsensitive: false,
    sortable: false,
    samples: () => [{ key: 'value', list: [1, 2.5, null] }, ['a', 'b'], 'text'],
  },
  enum: {
    postgres: () => undefined,
    factory: { name: 'enum', options: [] },
    schema: (field) => ({ type: 'string', enum: field.enum?.values ?? [] }),
    codec: 'quoted',
    filters: EXACT,
    caseInsensitive: false,
    sortable: true,
    samples: (field) => (field.enum?.initial ?? field.enum?.values ?? []).slice(0, 3),
  },
  email: {
    postgres: () => 'character varying(254)',
    factory: { name: 'email', options: [] },
    schema: () => ({ type: 'string', format: 'email', maxLength: 254 }),
    codec: 'text',
    filters: TEXTUAL,
    caseInsensitive: true,
    sortable: true,
    samples: () => ['Ann@example.com', 'ben@example.org', 'cleo@example.net'],
  },
  phone: {
    postgres: () => 'character varying(16)',
    factory: { name: 'phone', options: [] },
    schema: () => ({ type: 'string', pattern: '^\\+[1-9]\\d{6,14}$', maxLength: 16 }),
    codec: 'quoted',
    filters: EXACT,
    caseInsensitive: false,
    sortable: true,
    samples: () => ['+15551234567', '+33123456789', '+4930901820'],
  },
  url: {
    postgres: () => 'character varying(2048)',
    factory: { name: 'url', options: [] },
    schema: () => ({ type: 'string', format: 'uri', maxLength: 2048 }),
    codec: 'text',
    filters: TEXTUAL,
    caseInsensitive: false,
    sortable: true,
    samples: () => ['https://example.com/a?b=c', 'https://example.org/', 'http://example.net/path'],
  },
  reference: {
    postgres: () => 'uuid',
    factory: { name: 'reference', options: [] },
    schema: formatted('uuid'),
    codec: 'quoted',
    filters: EXACT,
    caseInsensitive: false,
    sortable: true,
    samples: () => [],
  },
};
