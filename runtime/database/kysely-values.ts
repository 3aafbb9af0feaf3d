import { parse as parseArray } from 'postgres-array';
import type { Text } from './database.ts';

/**
 * A value of user code as Postgres text. Arrays become array literals; an array for a JSON column
 * has to be `JSON.stringify`-ed by its author, as with `pg`.
 */
export function encodeValue(value: unknown): Text {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
      return String(value);
    case 'boolean':
      return value ? 't' : 'f';
    case 'object':
      return value === null ? null : encodeObject(value);
    default:
      throw new TypeError(`a ${typeof value} cannot be sent to the database`);
  }
}

function encodeObject(value: object): string {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return `{${value.map(encodeElement).join(',')}}`;
  return JSON.stringify(value);
}

function encodeElement(element: unknown): string {
  if (Array.isArray(element)) return encodeObject(element);
  const text = encodeValue(element);
  return text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

type Decode = (text: string) => unknown;

/**
 * Postgres text as the JavaScript value that kysely-codegen's types name: `bigint` and `numeric` stay
 * strings, dates are instants (a `date` is its midnight in UTC). Unknown types stay text.
 */
export function decodeValue(text: Text, type: number): unknown {
  if (text === null) return null;
  return (DECODERS.get(type) ?? decodeUserDefined(type))(text);
}

/** Oids from here on are given out per database: enums and their arrays, told apart by the braces. */
const FIRST_USER_DEFINED = 16_384;

function decodeUserDefined(type: number): Decode {
  return type < FIRST_USER_DEFINED ? keep : (text) => (text.startsWith('{') ? parseArray(text) : text);
}

const toBoolean: Decode = (text) => text === 't';
const toJson: Decode = (text) => JSON.parse(text);
const toBytes: Decode = (text) => Buffer.from(text.slice(2), 'hex');
const keep: Decode = (text) => text;

/** `2024-01-02 03:04:05.678901+00` in the UTC of our sessions, and `infinity`, which has no instant. */
const toInstant: Decode = (text) => {
  const match = /^(\d{4,})-(\d\d)-(\d\d)(?: (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?(?:\+00)?)?$/.exec(text);
  if (match === null) return text;
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = ''] = match;
  const instant = new Date(0);
  instant.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  instant.setUTCHours(Number(hour), Number(minute), Number(second), Number(fraction.padEnd(3, '0').slice(0, 3)));
  return instant;
};

/** Oid of the type, oid of its array, and how its text is read; absent types are text either way. */
const SCALARS: readonly (readonly [type: number, arrayType: number, decode: Decode])[] = [
  [16, 1000, toBoolean],
  [17, 1001, toBytes],
  [20, 1016, keep],
  [21, 1005, Number],
  [23, 1007, Number],
  [25, 1009, keep],
  [114, 199, toJson],
  [700, 1021, Number],
  [701, 1022, Number],
  [1042, 1014, keep],
  [1043, 1015, keep],
  [1082, 1182, toInstant],
  [1083, 1183, keep],
  [1114, 1115, toInstant],
  [1184, 1185, toInstant],
  [1700, 1231, keep],
  [2950, 2951, keep],
  [3802, 3807, toJson],
];

const DECODERS: ReadonlyMap<number, Decode> = new Map(
  SCALARS.flatMap(([type, arrayType, decode]): readonly (readonly [number, Decode])[] => [
    [type, decode],
    [arrayType, (text) => parseArray(text, decode)],
  ]),
);
