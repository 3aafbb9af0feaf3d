import type { Text } from '../database/database.ts';
import type { FieldCase, Json } from './resource-case.ts';

/** A value of a field as Postgres text, written apart from the codecs under test. */
export function encodeValue({ type, many }: Pick<FieldCase, 'type' | 'many'>, value: Json): Text {
  if (value === null) return null;
  if (!many || !Array.isArray(value)) return encodeOne(type, value);
  const items = value.map((item: Json) => `"${encodeOne(type, item).replaceAll(/["\\]/g, '\\$&')}"`);
  return `{${items.join(',')}}`;
}

function encodeOne(type: string, value: Json): string {
  return type === 'json' || typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A value of a field as the API spells it, from Postgres text; for fields that are no lists. */
export function decodeValue({ type }: Pick<FieldCase, 'type'>, text: Text): Json {
  if (text === null) return null;
  if (type === 'integer' || type === 'number') return Number(text);
  if (type === 'boolean') return text === 't';
  return type === 'datetime' ? instantText(text) : text;
}

/** `2026-01-01 00:00:00.5+00` as the API spells it. */
export function instantText(text: Text | undefined): string {
  return (text ?? '').replace(' ', 'T').replace(/\+00$/, 'Z');
}
