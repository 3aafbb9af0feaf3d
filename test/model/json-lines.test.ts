import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLines } from '../../compiler/model/json-lines.ts';

test('what fits in a line stands in one, and all else has a member a line', () => {
  const value = { short: [1, { a: 'b' }], none: [], left: undefined, long: ['x'.repeat(60), 'y'.repeat(60)] };
  expect(jsonLines(value)).toBe(`{
  "short": [1, { "a": "b" }],
  "none": [],
  "long": [
    "${'x'.repeat(60)}",
    "${'y'.repeat(60)}"
  ]
}`);
});

test('any value is read back as it was, and no line that could be broken is too long', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(3), (value, depth) => {
      const text = jsonLines(value, { depth });
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      const tooLong = `${'  '.repeat(depth)}${text}`.split('\n').filter((line) => line.length > 120);
      expect(tooLong.filter((line) => /[[{][^\]}]/.test(line.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').trim()))).toEqual(
        [],
      );
    }),
  );
});

test('a value counts the key in front of it, texts that are members are heard, and functions are refused', () => {
  const value = { $ref: 'a', items: [{ $ref: 'b' }] };
  const heard: string[] = [];
  const onText = (key: string, text: string): number => heard.push(`${key} ${text}`);
  expect(jsonLines(value, { after: 'k'.repeat(90), onText })).toContain('\n');
  expect(jsonLines(value, { after: 'k'.repeat(10) })).not.toContain('\n');
  expect(() => jsonLines({ valueOf: Object.prototype.valueOf })).toThrow(TypeError);
  expect(heard).toEqual(['$ref a', '$ref b']);
});
