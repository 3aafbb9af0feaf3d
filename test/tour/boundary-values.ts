import { candidate, itemsOf, JSON_VALUES } from './candidates.ts';
import { isNullable, list, proseBounds, typesOf } from './document.ts';
import type { Json, JsonObject } from './json.ts';
import { MAX_BYTES } from './value-size.ts';

/** The limits of a schema and values that are easily lost; not all of them valid. */
export function boundaryCandidates(schema: JsonObject): readonly Json[] {
  const { least, most } = proseBounds(schema);
  const common: readonly Json[] = [
    ...list(schema['enum']),
    ...list(schema['examples']),
    ...[least, most, schema['minimum'], schema['maximum']].filter((value) => value !== undefined),
    ...(isNullable(schema) ? [null] : []),
  ];
  const types = typesOf(schema);
  if (types.length !== 1) return [...common, ...JSON_VALUES];
  switch (types[0]) {
    case 'boolean':
      return [...common, true, false];
    case 'integer':
      return [...common, 0, 1, -1];
    case 'number':
      return [...common, 0, 0.1, -0.1, 1e-7, 123_456_789.123, 9_007_199_254_740_991, 1e21];
    case 'array':
      return [...common, ...arrayBoundaries(schema)];
    default:
      return [...common, ...textBoundaries(schema)];
  }
}

function arrayBoundaries(schema: JsonObject): readonly Json[] {
  const items = itemsOf(schema);
  const most = Number(schema['maxItems']);
  const values = boundaryCandidates(items).filter((value) => value !== null);
  const filled = Array.from({ length: most }, (_, index) => candidate(items, index) ?? null);
  return [[], filled, ...values.map((value) => [value]), values.slice(0, most)];
}

const FORMATTED: Readonly<Record<string, readonly string[]>> = {
  'date-time': [
    '2026-02-28T23:59:59.999999Z',
    '2024-02-29T00:00:00+14:00',
    '1969-12-31T23:59:59.000001-05:30',
    '0001-01-02T00:00:00Z',
    '9999-12-30T00:00:00Z',
  ],
  date: ['2024-02-29', '1900-01-01', '0001-01-01', '9999-12-31'],
  uuid: [
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '00000000-0000-0000-0000-000000000000',
    '018F4D2E-7B6A-7C31-9D50-3F1A2B4C5D6E',
  ],
  email: ["o'neil+tag@Sub.Example.org", 'UPPER@EXAMPLE.COM'],
  uri: ['http://example.com', 'https://user@example.com:8443/a/b;c=d?e=f&g=%C3%A9#h'],
  timezone: ['America/Argentina/Buenos_Aires', 'UTC'],
  int64: ['0', '-1', '9007199254740993', '-9223372036854775808', '9223372036854775807'],
  decimal: ['0', '-1', '1', '0.1', '-0.01', '99999.99', '123.4567'],
};

const TEXTS = [
  'a',
  ' ',
  'é',
  '😀',
  'line one\nline two\ttab',
  'שלום עולם',
  '"; drop table x; --',
  "it's \\ /* */ ${x} {{y}} %s",
  '\u2028\u200d',
  'null',
  '0',
];
const TIMES = ['00:00:00', '23:59:59.999999', '12:00:00.5'];

function textBoundaries(schema: JsonObject): readonly string[] {
  const format = schema['format'];
  if (typeof format === 'string') return FORMATTED[format] ?? [];
  if (schema['pattern'] !== undefined) return TIMES;
  const [short, long] = [Number(schema['minLength'] ?? 0), Number(schema['maxLength'] ?? 0)];
  const fits = long * 4 <= MAX_BYTES ? ['😀'.repeat(long)] : [];
  return [
    ...TEXTS,
    ...(short > 0 ? ['s'.repeat(short)] : ['']),
    ...(long > 0 && long <= MAX_BYTES ? ['m'.repeat(long)] : []),
    ...fits,
  ];
}
