import { parse as parseArray } from 'postgres-array';
import type { Text } from '../database/database.ts';
import { bytesOf, viewOf } from '../database/raw-row.ts';
import { copies, copyAll, type CopyValue } from './copy-values.ts';

/**
 * The two ways a column's Postgres text can be spelled in JSON: `text` must be escaped, the others
 * need not be. `json`, `number` and `boolean` are no strings in JSON.
 */
export type CodecName = 'text' | 'quoted' | 'number' | 'boolean' | 'datetime' | 'json';

/** Both directions of one column: Postgres text to JSON text, JSON value to Postgres text. */
export interface Codec {
  readonly toJson: (text: string) => string;
  /** As `toJson`, of the bytes of the text from one place to another. */
  readonly copy: CopyValue;
  readonly toText: (value: unknown) => string;
}

const NEEDS_ESCAPE = /[\u0000-\u001f"\\\ud800-\udfff]/;

function escaped(text: string): string {
  return text.length < 64 && !NEEDS_ESCAPE.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** `2025-01-01 00:00:37.123456+00` (sessions run in UTC) as RFC 3339, which has no year beyond 9999: such stays as it is. */
function rfc3339(text: string): string {
  return text.endsWith('+00') && text.charAt(10) === ' '
    ? `"${text.slice(0, 10)}T${text.slice(11, -3)}Z"`
    : escaped(text);
}

/** NaN and the infinities have no JSON number. */
function number(text: string): string {
  return text === 'NaN' || text.endsWith('Infinity') ? 'null' : text;
}

const codecs: Readonly<Record<CodecName, Codec>> = {
  text: { toJson: escaped, toText: String, copy: copies.text },
  quoted: { toJson: (text) => `"${text}"`, toText: String, copy: copies.quoted },
  number: { toJson: number, toText: String, copy: copies.number },
  // Postgres sends `t` and casts to `true`.
  boolean: { toJson: (text) => (text.startsWith('t') ? 'true' : 'false'), toText: String, copy: copies.boolean },
  datetime: { toJson: rfc3339, toText: String, copy: copies.datetime },
  json: { toJson: (text) => text, toText: (value) => JSON.stringify(value), copy: copies.json },
};

/** The codec of a column; `many` columns hold Postgres arrays of it. */
export function codecOf(name: CodecName, many: boolean): Codec {
  const codec = codecs[name];
  return many ? arrayOf(codec) : codec;
}

function arrayOf(item: Codec): Codec {
  const toJson = (text: string): string => `[${parseArray(text, item.toJson).join(',')}]`;
  return {
    toJson,
    copy: (target, at, source, from, to) => {
      const json = Buffer.from(toJson(bytesOf(source).toString('utf8', from, to)));
      return copyAll(target, at, viewOf(json));
    },
    toText: (value) => arrayLiteral(Array.isArray(value) ? value.map(item.toText) : []),
  };
}

/** A Postgres array literal, every element quoted. */
export function arrayLiteral(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`;
}

/** A JSON value as a column's text; null and undefined are NULL. */
export function encode(codec: Codec, value: unknown): Text {
  return value === null || value === undefined ? null : codec.toText(value);
}
