import { isNullable, list, proseBounds, typesOf } from './document.ts';
import { comparable, isTime } from './compare.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import type { SchemaCheck } from './schema-check.ts';

/** Makes values that a schema admits. */
export interface Values {
  /** A value not given for this property before, as long as the schema has one. */
  readonly fresh: (property: string, schema: JsonObject) => Json;
  /** The limits of the schema and other values that are easily lost. */
  readonly boundaries: (schema: JsonObject) => readonly Json[];
  /** Values the schema refuses, each with what is wrong with it. */
  readonly refused: (schema: JsonObject) => readonly { readonly value: Json; readonly why: string }[];
}

/** Largest value the tour writes in one property: bodies have limits that the document does not tell. */
const MAX_BYTES = 6000;
const ATTEMPTS = 400;

const ZONES = [
  'Europe/Paris',
  'UTC',
  'Asia/Kathmandu',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Tokyo',
  'Europe/London',
];
const JSON_VALUES: readonly Json[] = [
  { text: 'תודה "quoted" \\ / \u2028 😀', list: [1, 2.5, null, { deep: [[]] }], 'a key': false },
  [],
  {},
  'plain',
  '',
  0,
  -12.75,
  true,
  false,
  [null, [null]],
];

export function createValues(check: SchemaCheck): Values {
  const used = new Map<string, Set<string>>();
  const isValid = (schema: JsonObject, value: Json): boolean =>
    check.against(schema, value) === undefined && isWithinProse(schema, value);

  const fresh = (property: string, schema: JsonObject): Json => {
    const given = used.get(property) ?? new Set<string>();
    used.set(property, given);
    let first: Json | undefined;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const value = candidate(schema, given.size + attempt);
      if (value === undefined || !isValid(schema, value)) continue;
      first ??= value;
      if (given.has(JSON.stringify(value))) continue;
      given.add(JSON.stringify(value));
      return value;
    }
    if (first === undefined) throw new Error(`no value is known for ${property}: ${JSON.stringify(schema)}`);
    return first;
  };

  return {
    fresh,
    boundaries: (schema) =>
      distinct(boundaryCandidates(schema)).filter((value) => isValid(schema, value) && size(value) <= MAX_BYTES),
    refused: (schema) => refusedCandidates(schema).filter(({ value }) => !isValid(schema, value)),
  };
}

function size(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function distinct(values: readonly Json[]): readonly Json[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** Formats whose bounds JSON Schema has no word for. */
const TOLD_IN_PROSE: readonly Json[] = ['int64', 'decimal', 'date', 'date-time'];

function isWithinProse(schema: JsonObject, value: Json): boolean {
  const { items, description } = schema;
  if (Array.isArray(value) && isObject(items)) {
    return value.every((item) => isWithinProse({ ...items, description: description ?? '' }, item));
  }
  if (typeof value !== 'string' || !(TOLD_IN_PROSE.includes(schema['format'] ?? null) || isTime(schema))) return true;
  const { least, most } = proseBounds(schema);
  const at = ordered(schema, value);
  return (least === undefined || at >= ordered(schema, least)) && (most === undefined || at <= ordered(schema, most));
}

function ordered(schema: JsonObject, value: string): string | bigint {
  return comparable(schema, value) as string | bigint;
}

/** The `n`-th guess at a value; not each is within every limit. */
function candidate(schema: JsonObject, n: number): Json | undefined {
  const values = list(schema['enum']).filter((value) => value !== null);
  if (values.length > 0) return values[n % values.length];
  const types = typesOf(schema);
  if (types.length > 1) return JSON_VALUES[n % JSON_VALUES.length];
  switch (types[0]) {
    case 'boolean':
      return n % 2 === 0;
    case 'integer':
      return integerBetween(schema, n);
    case 'number':
      return numberBetween(schema, n);
    case 'array':
      return [2 * n, 2 * n + 1]
        .slice(0, Number(schema['maxItems'] ?? 2))
        .map((k) => candidate(itemsOf(schema), k) ?? null);
    default:
      return types.length === 0 ? JSON_VALUES[n % JSON_VALUES.length] : textCandidate(schema, n);
  }
}

/** The schema of the items, with the examples of the whole list as theirs. */
function itemsOf(schema: JsonObject): JsonObject {
  const items = schema['items'] as JsonObject;
  return { ...items, examples: list(schema['examples']).flat() };
}

/** Spread over a wide range, one after the other in a narrow one. */
function integerBetween({ minimum, maximum }: JsonObject, n: number): number {
  const [low, high] = [Number(minimum ?? 0), Number(maximum ?? 1e6)];
  return high - low > 1e6 ? Math.max(low, 0) + n * 7 : low + (n % (high - low + 1));
}

function numberBetween({ minimum, maximum }: JsonObject, n: number): number {
  const low = typeof minimum === 'number' ? minimum : (typeof maximum === 'number' ? maximum : 0) - 100;
  const high = typeof maximum === 'number' ? maximum : low + 1000;
  return n < 4 ? low + ((high - low) * n) / 4 : low + ((high - low) * (n % 997)) / 997;
}

function textCandidate(schema: JsonObject, n: number): string {
  const example = list(schema['examples']).flat()[0];
  switch (schema['format']) {
    case 'uuid':
      return `00000000-0000-4000-8000-${(n + 1).toString(16).padStart(12, '0')}`;
    case 'email':
      return `tour.${n}@example.com`;
    case 'uri':
      return `https://example.com/tour/${n}?a=b&c=%20#d`;
    case 'timezone':
      return ZONES[n % ZONES.length] ?? 'UTC';
    case 'date':
      return new Date(Date.parse(String(example ?? '2026-01-01')) + n * 86_400_000).toISOString().slice(0, 10);
    case 'date-time':
      return new Date(Date.parse(String(example ?? '2026-01-01T00:00:00Z')) + n * 61_001).toISOString();
    default:
      return schema['pattern'] === undefined ? plainText(schema, n) : counted(String(example ?? ''), n);
  }
}

function plainText({ minLength, maxLength }: JsonObject, n: number): string {
  const text = maxLength !== undefined && Number(maxLength) < 8 ? n.toString(36) : `tour ${n} é "x" \\`;
  return text.padEnd(Number(minLength ?? 0), '-').slice(-Number(maxLength ?? Infinity));
}

/** The example with its digits and letters counted up by `n`, each kept within its class. */
function counted(example: string, n: number): string {
  let rest = n;
  return [...example]
    .toReversed()
    .map((character) => {
      const range = ['09', 'az', 'AZ'].find((ends) => character >= ends[0]! && character <= ends[1]!);
      if (range === undefined || rest === 0) return character;
      const low = range.codePointAt(0)!;
      const width = range.codePointAt(1)! - low + 1;
      const digit = (character.codePointAt(0)! - low + rest) % width;
      rest = Math.floor(rest / width);
      return String.fromCodePoint(low + digit);
    })
    .toReversed()
    .join('');
}

function boundaryCandidates(schema: JsonObject): readonly Json[] {
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

function refusedCandidates(schema: JsonObject): readonly { readonly value: Json; readonly why: string }[] {
  const types = typesOf(schema);
  const wrong: readonly { readonly value: Json; readonly why: string }[] = [
    { value: null, why: 'null' },
    ...(types.length === 1
      ? ([1.5, 'text', true, [], ['text'], {}, { a: 1 }] as const).map((value) => ({ value, why: 'another type' }))
      : []),
  ];
  const { least, most } = proseBounds(schema);
  const numbers: readonly Json[] = [Number(schema['minimum']) - 1, Number(schema['maximum']) + 1].filter(
    Number.isFinite,
  );
  const long = Number(schema['maxLength'] ?? 0);
  const short = Number(schema['minLength'] ?? 0);
  return [
    ...wrong,
    ...numbers.map((value) => ({ value, why: 'beyond a bound' })),
    ...(types[0] === 'integer'
      ? [
          { value: 0.5, why: 'a fraction' },
          { value: 2 ** 31, why: 'no int32' },
          { value: '1', why: 'a number as text' },
        ]
      : []),
    ...(types[0] === 'boolean'
      ? [
          { value: 'true', why: 'a boolean as text' },
          { value: 0, why: 'a boolean as number' },
        ]
      : []),
    ...(long > 0 && long < MAX_BYTES ? [{ value: 'm'.repeat(long + 1), why: 'too long' }] : []),
    ...(short > 0 ? [{ value: 's'.repeat(short - 1), why: 'too short' }] : []),
    ...(schema['enum'] === undefined
      ? []
      : [
          { value: 'no such member', why: 'no member' },
          { value: '', why: 'no member' },
        ]),
    ...(typeof schema['format'] === 'string' && types[0] === 'string'
      ? [
          { value: 'no such format', why: 'the format' },
          { value: '', why: 'the format' },
        ]
      : []),
    ...(schema['pattern'] === undefined ? [] : [{ value: '\u{1F4A5}', why: 'the pattern' }]),
    ...[stepBeyond(schema, least, -1), stepBeyond(schema, most, 1)].flatMap((value) =>
      value === undefined ? [] : [{ value, why: 'beyond a bound told in prose' }],
    ),
    ...refusedItems(schema),
  ];
}

/** A value just outside a bound that is told in prose. */
function stepBeyond(schema: JsonObject, bound: string | undefined, step: number): string | undefined {
  if (bound === undefined) return undefined;
  switch (schema['format']) {
    case 'int64':
      return String(BigInt(bound) + BigInt(step));
    case 'date':
      return new Date(Date.parse(bound) + step * 86_400_000).toISOString().slice(0, 10);
    case 'date-time':
      return new Date(Date.parse(bound) + step).toISOString();
    case 'decimal':
      return String(Number(bound) + step);
    default:
      return undefined;
  }
}

function refusedItems(schema: JsonObject): readonly { readonly value: Json; readonly why: string }[] {
  if (!isObject(schema['items'])) return [];
  const items = itemsOf(schema);
  const one = candidate(items, 0) ?? null;
  const tooMany = Array.from({ length: Number(schema['maxItems']) + 1 }, () => one);
  const single = refusedCandidates(items).slice(0, 4);
  return [
    ...(size(tooMany) <= MAX_BYTES ? [{ value: tooMany, why: 'too many items' }] : []),
    ...single.map(({ value, why }) => ({ value: [value], why: `an item: ${why}` })),
  ];
}
