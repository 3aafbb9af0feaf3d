import { list, proseBounds, typesOf } from './document.ts';
import type { Json, JsonObject } from './json.ts';

/** The `n`-th guess at a value; not each is within every limit. */
export function candidate(schema: JsonObject, n: number): Json | undefined {
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

/** The schema of the items, with the examples of the whole list and what its prose says of them. */
export function itemsOf(schema: JsonObject): JsonObject {
  const items = schema['items'] as JsonObject;
  return { ...items, description: schema['description'] ?? '', examples: list(schema['examples']).flat() };
}

const WIDE = 1e6;

/** Spread over a wide range, one after the other in a narrow one. */
function integerBetween({ minimum, maximum }: JsonObject, n: number): number {
  const [low, high] = [Number(minimum ?? 0), Number(maximum ?? 1e6)];
  if (high - low <= WIDE) return low + (n % (high - low + 1));
  return Math.max(low, Math.min(0, high - WIDE)) + ((n * 7) % WIDE);
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
      return timeBetween(schema, String(example ?? '2026-01-01'), n, DAY).slice(0, 10);
    case 'date-time':
      return timeBetween(schema, String(example ?? '2026-01-01T00:00:00Z'), n, 61_001);
    default:
      return schema['pattern'] === undefined ? plainText(schema, n) : counted(String(example ?? ''), n);
  }
}

const DAY = 86_400_000;
const [FIRST_TIME, LAST_TIME] = ['0001-01-01T00:00:00Z', '9999-12-31T00:00:00Z'];

/** `n` steps after the start, and beyond the last time that the prose admits from the first one on. */
function timeBetween(schema: JsonObject, start: string, n: number, step: number): string {
  const { least = FIRST_TIME, most = LAST_TIME } = proseBounds(schema);
  const [low, high] = [Date.parse(least), Date.parse(most)];
  return new Date(low + ((Date.parse(start) - low + n * step) % (high - low + step))).toISOString();
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
/** Values of a field that takes any JSON. */
export const JSON_VALUES: readonly Json[] = [
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
