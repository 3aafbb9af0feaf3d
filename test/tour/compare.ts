import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from './json.ts';

/** Whether the API gave back what was written: decimals as numbers, moments as moments. */
export function sameValue(schema: JsonObject, written: Json, read: Json | undefined): boolean {
  if (Array.isArray(written) && Array.isArray(read) && isArray(schema)) {
    const items = schema['items'] as JsonObject;
    return written.length === read.length && written.every((item, index) => sameValue(items, item, read[index]));
  }
  return isDeepStrictEqual(comparable(schema, written), comparable(schema, read ?? null));
}

function isArray(schema: JsonObject): boolean {
  return [schema['type']].flat().includes('array') && typeof schema['items'] === 'object';
}

/** A form in which equal values are equal and which keeps their order, as far as the schema tells. */
export function comparable(schema: JsonObject, value: Json): Json | bigint {
  if (typeof value !== 'string') return value;
  switch (schema['format']) {
    case 'date-time':
      return microseconds(value);
    case 'decimal':
      return decimalUnits(value);
    case 'int64':
      return BigInt(value);
    case 'uuid':
      return value.toLowerCase();
    default:
      return isTime(schema) ? value.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '') : value;
  }
}

/** A time of day is known by its pattern: OpenAPI has no format for one without an offset. */
export function isTime(schema: JsonObject): boolean {
  return schema['pattern'] === '^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?$';
}

/** Since 1970; RFC 3339 with up to six digits of a second. */
function microseconds(text: string): bigint {
  const [, fraction = ''] = /\.(\d+)/.exec(text) ?? [];
  const whole = BigInt(Date.parse(text.replace(/\.\d+/, '')));
  return whole * 1000n + BigInt(fraction.padEnd(6, '0'));
}

const PLACES = 100;

function decimalUnits(text: string): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const units = BigInt(whole + fraction.padEnd(PLACES, '0'));
  return text.startsWith('-') ? -units : units;
}
