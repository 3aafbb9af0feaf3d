import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from '../any-text.ts';
import { codecOf, type CodecName } from '../../runtime/crud/codecs.ts';
import { writeJson } from '../../runtime/crud/json-writer.ts';

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
      const bytes = Buffer.from(`${'x'.repeat(before)}${text}more`);
      const written = writeJson((json) => one.copy(json, bytes, before, bytes.length - 4));
      expect(written.toString()).toBe(one.toJson(Buffer.from(text).toString()));
    }),
  );
});

test('an array is written alike from text and from bytes', () => {
  const many = codecOf('text', true);
  const literal = many.toText(['a', 'b"c', 'd\\e', 'ø\n']);
  const bytes = Buffer.from(literal);
  expect(writeJson((json) => many.copy(json, bytes, 0, bytes.length)).toString()).toBe(many.toJson(literal));
});

test('an answer that grows beyond its buffer is whole, and a failed one leaves nothing behind', () => {
  const long = Buffer.from('y"'.repeat(200_000));
  const written = writeJson((json) => json.string(long, 0, long.length));
  expect(written.toString()).toBe(JSON.stringify(long.toString()));
  expect(() =>
    writeJson((json) => {
      json.text('half');
      throw new TypeError('stopped');
    }),
  ).toThrow('stopped');
  expect(writeJson((json) => json.text('"é"')).toString()).toBe('"é"');
});
