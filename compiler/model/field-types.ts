import type { Field, FieldTypeName, Limits, Literal } from './app.ts';
import type { SampledField } from './field-kinds.ts';
import type { IdKind } from './id-kind.ts';
import {
  bigintCandidates,
  decimalCandidates,
  enumCandidates,
  integerCandidates,
  numberCandidates,
  orderedCandidates,
  textCandidates,
} from './candidates.ts';
import { decimalPattern, DEFAULT_DECIMAL } from './decimals.ts';
import { idTypes } from './id-types.ts';
import { shapeSamples } from './json-samples.ts';
import { linkedIds } from './linked-ids.ts';
import { INTEGER } from './literal.ts';

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
  /** Likely values, the best first, not all of them within the field's limits: `samples.ts` picks those that are. */
  readonly candidates: (field: SampledField) => readonly Literal[];
}

const EXACT = ['eq', 'ne', 'in'] as const;
const ORDERED = [...EXACT, 'gt', 'gte', 'lt', 'lte'] as const;
const TEXTUAL = [...EXACT, 'contains'] as const;

const UUIDS = [
  '018f4d2e-7b6a-7c31-9d50-3f1a2b4c5d6e',
  '018f4d2e-8c7b-7d42-8e61-4a2b3c5d6e7f',
  '018f4d2e-9d8c-7e53-9f72-5b3c4d6e7f80',
] as const;

function defined(entries: Record<string, unknown>): JsonSchema {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}

function stringSchema({ limits }: Field): JsonSchema {
  return defined({ type: 'string', minLength: limits.minLength, maxLength: limits.maxLength, pattern: limits.pattern });
}

function formatted(format: string, extra: Record<string, unknown> = {}): () => JsonSchema {
  return () => ({ type: 'string', format, ...extra });
}

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
    candidates: textCandidates,
  },
  text: {
    postgres: () => 'text',
    factory: { name: 'string', options: ['minLength', 'maxLength', 'pattern'] },
    schema: stringSchema,
    codec: 'text',
    filters: TEXTUAL,
    caseInsensitive: false,
    sortable: true,
    candidates: textCandidates,
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
    candidates: integerCandidates,
  },
  bigint: {
    postgres: () => 'bigint',
    factory: { name: 'bigint', options: ['min', 'max'] },
    schema: () => ({ type: 'string', format: 'int64', pattern: '^-?(0|[1-9]\\d{0,18})$', maxLength: 20 }),
    codec: 'quoted',
    filters: ORDERED,
    caseInsensitive: false,
    sortable: true,
    candidates: bigintCandidates,
  },
  decimal: {
    postgres: ({ precision, scale }) => `numeric(${precision},${scale})`,
    factory: { name: 'decimal', options: ['precision', 'scale', 'min', 'max'] },
    schema: ({ limits }) => ({
      type: 'string',
      format: 'decimal',
      pattern: decimalPattern(limits),
      maxLength: (limits.precision ?? DEFAULT_DECIMAL.precision) + 3,
    }),
    codec: 'quoted',
    filters: ORDERED,
    caseInsensitive: false,
    sortable: true,
    candidates: decimalCandidates,
  },
  number: {
    postgres: () => 'double precision',
    factory: { name: 'number', options: ['min', 'max'] },
    schema: ({ limits }) => defined({ type: 'number', format: 'double', minimum: limits.min, maximum: limits.max }),
    codec: 'number',
    filters: ORDERED,
    caseInsensitive: false,
    sortable: true,
    candidates: numberCandidates,
  },
  boolean: {
    postgres: () => 'boolean',
    factory: { name: 'boolean', options: [] },
    schema: () => ({ type: 'boolean' }),
    codec: 'boolean',
    filters: ['eq', 'ne'],
    caseInsensitive: false,
    sortable: true,
    candidates: () => [true, false],
  },
  date: {
    postgres: () => 'date',
    factory: { name: 'date', options: ['min', 'max'] },
    schema: formatted('date', { maxLength: 10 }),
    codec: 'quoted',
    filters: ORDERED,
    caseInsensitive: false,
    sortable: true,
    candidates: orderedCandidates(['2026-03-14', '2026-07-01', '2027-01-31']),
  },
  time: {
    postgres: () => 'time without time zone',
    factory: { name: 'time', options: ['min', 'max'] },
    schema: () => ({ type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?$', maxLength: 15 }),
    codec: 'quoted',
    filters: ORDERED,
    caseInsensitive: false,
    sortable: true,
    candidates: orderedCandidates(['09:30:00', '12:45:30', '17:00:00']),
  },
  datetime: {
    postgres: () => 'timestamp with time zone',
    factory: { name: 'datetime', options: ['min', 'max'] },
    schema: formatted('date-time', { maxLength: 32 }),
    codec: 'datetime',
    filters: ORDERED,
    caseInsensitive: false,
    sortable: true,
    candidates: orderedCandidates(['2026-03-14T09:26:53Z', '2026-07-01T12:00:00.5Z', '2027-01-31T23:59:59.123456Z']),
  },
  timeZone: {
    postgres: () => 'character varying(64)',
    factory: { name: 'timeZone', options: [] },
    schema: () => ({ type: 'string', format: 'timezone', maxLength: 64 }),
    codec: 'text',
    filters: EXACT,
    caseInsensitive: false,
    sortable: true,
    candidates: () => ['Europe/Paris', 'UTC', 'Asia/Kathmandu'],
  },
  uuid: {
    postgres: () => 'uuid',
    factory: { name: 'uuid', options: [] },
    schema: formatted('uuid', { maxLength: 36 }),
    codec: 'quoted',
    filters: EXACT,
    caseInsensitive: false,
    sortable: true,
    candidates: () => UUIDS,
  },
  json: {
    postgres: () => 'jsonb',
    factory: { name: 'json', options: [] },
    schema: ({ schema }) => ({ ...schema }),
    codec: 'json',
    filters: [],
    caseInsensitive: false,
    sortable: false,
    candidates: ({ schema }) =>
      schema === undefined ? [{ key: 'value', list: [1, 2.5, null] }, ['a', 'b'], 'text'] : shapeSamples(schema),
  },
  enum: {
    postgres: () => undefined,
    factory: { name: 'enum', options: [] },
    schema: (field) => ({ type: 'string', enum: field.enum?.values ?? [] }),
    codec: 'quoted',
    filters: EXACT,
    caseInsensitive: false,
    sortable: true,
    candidates: enumCandidates,
  },
  email: {
    postgres: () => 'character varying(254)',
    factory: { name: 'email', options: [] },
    schema: () => ({ type: 'string', format: 'email', maxLength: 254 }),
    codec: 'text',
    filters: TEXTUAL,
    caseInsensitive: true,
    sortable: true,
    candidates: () => ['Ann@example.com', 'ben@example.org', 'cleo@example.net'],
  },
  phone: {
    postgres: () => 'character varying(16)',
    factory: { name: 'phone', options: [] },
    schema: () => ({ type: 'string', pattern: '^\\+[1-9]\\d{6,14}$', maxLength: 16 }),
    codec: 'quoted',
    filters: EXACT,
    caseInsensitive: false,
    sortable: true,
    candidates: () => ['+15551234567', '+33123456789', '+4930901820'],
  },
  url: {
    postgres: () => 'character varying(2048)',
    factory: { name: 'url', options: [] },
    schema: () => ({ type: 'string', format: 'uri', maxLength: 2048 }),
    codec: 'text',
    filters: TEXTUAL,
    caseInsensitive: false,
    sortable: true,
    candidates: () => ['https://example.com/a?b=c', 'https://example.org/', 'http://example.net/path'],
  },
  reference: linkTo('uuid', true),
  references: linkTo('uuid', false),
};

/** A link has the kind of the ids that it holds. */
function linkTo(kind: IdKind, sortable: boolean): FieldType {
  const { postgres, factory, schema } = idTypes[kind];
  return {
    postgres: () => postgres,
    factory: { name: kind === 'uuid' ? 'reference' : factory, options: [] },
    schema: () => schema,
    codec: 'quoted',
    filters: EXACT,
    caseInsensitive: false,
    sortable,
    candidates: () => [],
  };
}

const REFERENCES: Readonly<Record<IdKind, FieldType>> = {
  uuid: fieldTypes.reference,
  bigint: linkTo('bigint', true),
  string: linkTo('string', true),
};

const MANY_REFERENCES: Readonly<Record<IdKind, FieldType>> = {
  uuid: fieldTypes.references,
  bigint: linkTo('bigint', false),
  string: linkTo('string', false),
};

/** What is known of a field: of its type, or of the ids that it holds. */
export function fieldTypeOf(field: Pick<Field, 'type' | 'reference' | 'links'>): FieldType {
  const kind = linkedIds(field);
  if (kind === undefined) return fieldTypes[field.type];
  return (field.links === undefined ? REFERENCES : MANY_REFERENCES)[kind];
}
