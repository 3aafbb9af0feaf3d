import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from '../any-text.ts';
import { codecOf, type Codec, type CodecName } from '../../runtime/crud/codecs.ts';
import { roomFor } from '../../runtime/crud/copy-values.ts';
import { literalOf, writeJson } from '../../runtime/crud/json-writer.ts';
import { bytesOf, LENGTH, viewOf } from '../../runtime/database/raw-row.ts';

/** What Postgres sends of the columns of each codec. */
const TEXTS: Readonly<Record<CodecName, fc.Arbitrary<string>>> = {
  text: fc.oneof(fc.string({ unit: 'grapheme' }), anyText(300)),
  quoted: fc.uuid(),
  number: fc.oneof(
    fc.integer().map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.constantFrom('NaN', 'Infinity', '-Infinity'),
  ),
  boolean: fc.constantFrom('t', 'f'),
  datetime: fc.constantFrom(
    '2025-01-01 00:00:37.123456+00',
    '2025-01-01 00:00:00+00',
    '0044-03-15 12:00:00+00 BC',
    'infinity',
    '10000-01-01 00:00:00+00',
    '2025-01-01 05:45:00+05:45',
  ),
  json: fc.json(),
};

test.for(Object.entries(TEXTS))('a value of codec %s is written alike from text and from bytes', ([name, texts]) => {
  const one = codecOf(name as CodecName, false);
  fc.assert(
    fc.property(texts, fc.nat(5), (text, before) => {
      // A row has the length of each value before it.
      const bytes = Buffer.from(`${'x'.repeat(LENGTH + before)}${text}more`);
      const written = copied(one, bytes, LENGTH + before, bytes.length - 4);
      expect(written).toBe(one.toJson(Buffer.from(text).toString()));
    }),
  );
});

test('a moment that RFC 3339 has no form for is shown as Postgres spells it', () => {
  const { toJson } = codecOf('datetime', false);
  expect(toJson('10000-01-03 23:59:59+00')).toBe('"10000-01-03 23:59:59+00"');
  expect(toJson('9999-12-31 23:59:59+00')).toBe('"9999-12-31T23:59:59Z"');
});

test('an array is written alike from text and from bytes', () => {
  const many = codecOf('text', true);
  const literal = many.toText(['a', 'b"c', 'd\\e', 'ø\n']);
  const bytes = Buffer.from(literal);
  expect(copied(many, bytes, 0, bytes.length)).toBe(many.toJson(literal));
});

test('an answer that grows beyond its buffer is whole, and a failed one leaves nothing behind', () => {
  const [short, long] = ['y'.repeat(60_000), 'é'.repeat(200_000)];
  const written = writeJson((json) => {
    json.text(short);
    json.literal(literalOf(long));
    json.text(short);
  });
  expect(written.toString()).toBe(short + long + short);
  expect(() =>
    writeJson((json) => {
      json.text('half');
      throw new TypeError('stopped');
    }),
  ).toThrow('stopped');
  expect(writeJson((json) => json.text('"é"')).toString()).toBe('"é"');
});

/** The value as JSON, written into as much room as is said to be enough. */
function copied({ copy }: Codec, bytes: Buffer, from: number, to: number): string {
  const target = viewOf(Buffer.alloc(roomFor(to - from)));
  return bytesOf(target).toString('utf8', 0, copy(target, 0, viewOf(bytes), from, to));
}
