import type { JsonWriter } from './json-writer.ts';

/** Writes the bytes of a value's Postgres text, from one place to another, as JSON. */
export type CopyValue = (json: JsonWriter, bytes: Buffer, from: number, to: number) => void;

const QUOTE = Buffer.from('"');
const NULL = Buffer.from('null');
const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');
const TIME_MARK = Buffer.from('T');
const ZULU = Buffer.from('Z"');

/** Of `2025-01-01 00:00:37.123456+00`, before the blank. */
const DATE = 10;
const UTC = Buffer.from('+00');

/** The codecs' `toJson` over bytes: by the same names, to the same effect. */
export const copies = {
  text: (json, bytes, from, to) => json.string(bytes, from, to),
  quoted: (json, bytes, from, to) => {
    json.literal(QUOTE);
    json.copy(bytes, from, to);
    json.literal(QUOTE);
  },
  number: (json, bytes, from, to) => {
    if (isFinite(bytes, from)) json.copy(bytes, from, to);
    else json.literal(NULL);
  },
  boolean: (json, bytes, from) => json.literal(bytes[from] === code('t') ? TRUE : FALSE),
  datetime: (json, bytes, from, to) => {
    if (!isUtc(bytes, to)) return json.string(bytes, from, to);
    json.literal(QUOTE);
    json.copy(bytes, from, from + DATE);
    json.literal(TIME_MARK);
    json.copy(bytes, from + DATE + 1, to - UTC.length);
    json.literal(ZULU);
  },
  json: (json, bytes, from, to) => json.copy(bytes, from, to),
} as const satisfies Readonly<Record<string, CopyValue>>;

/** `NaN`, `Infinity` and `-Infinity` begin or go on with a capital letter. */
function isFinite(bytes: Buffer, from: number): boolean {
  const first = bytes[from] === code('-') ? bytes[from + 1] : bytes[from];
  return first !== code('N') && first !== code('I');
}

function isUtc(bytes: Buffer, to: number): boolean {
  return bytes[to - 3] === UTC[0] && bytes[to - 2] === UTC[1] && bytes[to - 1] === UTC[2];
}

function code(character: string): number {
  return character.charCodeAt(0);
}
