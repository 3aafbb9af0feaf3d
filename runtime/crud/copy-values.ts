import { viewOf } from '../database/raw-row.ts';

/**
 * Writes the Postgres text of a value, which stands in `source` from one place to another, as JSON behind `at`; answers
 * where that ends. There must be room for `roomFor` the value's bytes.
 */
export type CopyValue = (target: DataView, at: number, source: DataView, from: number, to: number) => number;

/** Most bytes of one byte of text: a control character as `\u001f`. */
const MOST_ESCAPED = 6;
/** Most bytes beside those: `null`, or an `f` as `false`. */
const AROUND = 4;

/** Most bytes of a value as JSON, or of the values of a row. */
export function roomFor(bytes: number, values = 1): number {
  return bytes * MOST_ESCAPED + values * AROUND;
}

/** Bytes that are copied at once: several times as quick as one by one, or as a call into the engine. */
const WORD = 4;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;
const BLANK = 0x20;
const TIME_MARK = 0x54;
const ZULU = 0x5a;

const NULL = viewOf(Buffer.from('null'));
const TRUE = viewOf(Buffer.from('true'));
const FALSE = viewOf(Buffer.from('false'));

/** The bytes below a space as JSON strings spell them, beside `"` and `\`. */
const ESCAPES: readonly DataView[] = Array.from({ length: FIRST_PRINTABLE }, (_, byte) =>
  viewOf(Buffer.from(JSON.stringify(String.fromCharCode(byte)).slice(1, -1))),
);

/** Of `2025-01-01 00:00:37.123456+00`, before the blank. */
const DATE = 10;
const UTC = '+00';
/** The offset as the last bytes of a word. */
const UTC_BYTES = 0x2b3030;

/** The codecs' `toJson` over bytes: by the same names, to the same effect. */
export const copies = {
  text: copyText,
  quoted: copyQuoted,
  number: (target, at, source, from, to) =>
    isFinite(source, from) ? copyBytes(target, at, source, from, to) : copyNull(target, at),
  boolean: (target, at, source, from) => copyAll(target, at, source.getUint8(from) === code('t') ? TRUE : FALSE),
  datetime: (target, at, source, from, to) => {
    if (!isUtc(source, to) || source.getUint8(from + DATE) !== BLANK) return copyText(target, at, source, from, to);
    const end = copyQuoted(target, at, source, from, to - UTC.length + 1);
    target.setUint8(at + 1 + DATE, TIME_MARK);
    // In the place of the plus.
    target.setUint8(end - 2, ZULU);
    return end;
  },
  json: copyBytes,
} as const satisfies Readonly<Record<string, CopyValue>>;

/** Writes what stands for no value. */
export function copyNull(target: DataView, at: number): number {
  return copyAll(target, at, NULL);
}

/** Writes bytes that are JSON already. */
export function copyBytes(target: DataView, start: number, source: DataView, from: number, to: number): number {
  let at = start;
  let next = from;
  for (; next + WORD <= to; next += WORD, at += WORD) target.setUint32(at, source.getUint32(next));
  for (; next < to; next++, at++) target.setUint8(at, source.getUint8(next));
  return at;
}

/** As `copyBytes`, of all that `source` holds. */
export function copyAll(target: DataView, at: number, source: DataView): number {
  return copyBytes(target, at, source, 0, source.byteLength);
}

/** Bytes between quotes, none of which JSON escapes. */
function copyQuoted(target: DataView, at: number, source: DataView, from: number, to: number): number {
  target.setUint8(at, QUOTE);
  const end = copyBytes(target, at + 1, source, from, to);
  target.setUint8(end, QUOTE);
  return end + 1;
}

/** UTF-8 as a JSON string. */
function copyText(target: DataView, start: number, source: DataView, from: number, to: number): number {
  let at = start;
  let next = from;
  target.setUint8(at++, QUOTE);
  while (next < to) {
    for (; next + WORD <= to; next += WORD, at += WORD) {
      const word = source.getUint32(next);
      if (isEscaped(word)) break;
      target.setUint32(at, word);
    }
    for (const end = Math.min(next + WORD, to); next < end; next++) at = copyByte(target, at, source.getUint8(next));
  }
  target.setUint8(at, QUOTE);
  return at + 1;
}

function copyByte(target: DataView, at: number, byte: number): number {
  const escape = ESCAPES[byte];
  if (escape !== undefined) return copyAll(target, at, escape);
  if (byte !== QUOTE && byte !== BACKSLASH) {
    target.setUint8(at, byte);
    return at + 1;
  }
  target.setUint8(at, BACKSLASH);
  target.setUint8(at + 1, byte);
  return at + 2;
}

/** Whether one of four bytes is a control character, `"` or `\`: whether less than a space, or nothing but for one of them. */
function isEscaped(word: number): boolean {
  const quote = word ^ 0x22222222;
  const backslash = word ^ 0x5c5c5c5c;
  const control = (word - 0x20202020) & ~word;
  return ((control | ((quote - 0x01010101) & ~quote) | ((backslash - 0x01010101) & ~backslash)) & 0x80808080) !== 0;
}

/** `NaN`, `Infinity` and `-Infinity` begin or go on with a capital letter. */
function isFinite(source: DataView, from: number): boolean {
  const first = source.getUint8(source.getUint8(from) === code('-') ? from + 1 : from);
  return first !== code('N') && first !== code('I');
}

/** A moment is longer than its offset. */
function isUtc(source: DataView, to: number): boolean {
  return (source.getUint32(to - 4) & 0xffffff) === UTC_BYTES;
}

function code(character: string): number {
  return character.charCodeAt(0);
}
