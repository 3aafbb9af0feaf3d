import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MAX_TEXT_LENGTH } from '../../compiler/spec/spec-limits.ts';
import { readSpec } from '../../compiler/spec/read-spec.ts';
import { cpuTime } from '../cpu-time.ts';

const text = readFileSync(join(import.meta.dirname, '../mutation/every-construct.yaml'), 'utf8');
const names = (yaml: string): readonly string[] => readSpec(yaml, 'app.yaml').diagnostics.map((one) => one.name);

test('a right spec is read as it is written, in the order of its author', () => {
  const { spec, diagnostics } = readSpec(text, 'app.yaml');
  expect(diagnostics).toEqual([]);
  expect(Object.keys(spec?.entities ?? {})).toEqual(['Account', 'Lead']);
  expect(Object.keys(spec?.entities['Lead']?.fields ?? {}).slice(0, 3)).toEqual(['name', 'code', 'phone']);
  expect(spec?.entities['Lead']?.fields['meta']).toMatchObject({ type: 'json', default: { source: 'web' } });
});

test('line endings of Windows and a byte order mark change nothing', () => {
  const { spec, diagnostics } = readSpec(`\uFEFF${text.replaceAll('\n', '\r\n')}`, 'app.yaml');
  expect(diagnostics).toEqual([]);
  expect(JSON.stringify(spec)).toBe(JSON.stringify(readSpec(text, 'app.yaml').spec));
});

test('a map for the first key of a file stands at its first column', () => {
  const { diagnostics } = readSpec('{ first: Sammy, last: Sosa }:\n  avg: 0.278\n', 'app.yaml');
  expect(diagnostics[0]).toMatchObject({ name: 'key-not-text', line: 1, column: 1 });
});

test('an escaped interpolation is the text that is meant', () => {
  const yaml = text.replace('A company.', () => '"Costs $${amount}."');
  expect(readSpec(yaml, 'app.yaml').spec?.entities['Account']?.description).toBe('Costs ${amount}.');
});

test('what is refused is left out, and the rest is read', () => {
  const yaml = text
    .replace('type: phone,', 'type: telefon,')

    .replace('path: prospects', 'audit: true');
  const { spec, document, diagnostics } = readSpec(yaml, 'app.yaml');
  expect(diagnostics.map((one) => one.name)).toEqual(['not-yet-supported', 'unknown-field-type']);
  expect(Object.keys(spec?.entities['Lead']?.fields ?? {})).not.toContain('phone');
  expect(document.isBroken('/entities/Lead/fields/phone')).toBe(true);
  expect(document.isBroken('/entities/Lead/fields/phone/optional')).toBe(true);
  expect(document.isBroken('/entities/Lead/fields/email')).toBe(false);
});

test('a list with a refused item goes as a whole, so that the others keep their numbers', () => {
  const { spec, document } = readSpec(text.replace('[status, account, score]', '[status, 7, score]'), 'app.yaml');
  expect(spec?.entities['Lead']?.list).toEqual({ sort: ['createdAt', 'score'], pageSize: 20, maxPageSize: 50 });
  expect(document.isBroken('/entities/Lead/list/filter')).toBe(true);
});

test('a place that does not exist is that of its nearest ancestor', () => {
  const { document } = readSpec(text, 'app.yaml');
  expect(document.locate('/entities/Account/fields/none/type', 'key')).toMatchObject({ line: 19, column: 5 });
  expect(document.locate('/entities/Account', 'key')).toEqual({ line: 17, column: 3, endLine: 17, endColumn: 10 });
});

test('a key that names a property of every object is only a key', () => {
  const yaml = text.replace(
    '      website:',
    '      __proto__: { type: string }\n      constructor: { type: string }\n      website:',
  );
  expect(names(yaml)).toEqual(['bad-name']);
  expect(Object.keys(readSpec(yaml, 'app.yaml').spec?.entities['Account']?.fields ?? {})).toContain('constructor');
});

test.each([
  ['brackets', '['.repeat(60_000)],
  ['closing brackets', '}'.repeat(60_000)],
  ['quotes', '"'.repeat(60_000)],
  ['tags', '! '.repeat(30_000)],
  ['anchors', '&a '.repeat(30_000)],
  ['dashes', '- '.repeat(30_000)],
  ['colons', 'a: '.repeat(30_000)],
  ['one key over and over', 'a:\n'.repeat(30_000)],
  ['staircase', Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
  ['blanks before a hash', `${' '.repeat(60_000)}x#`],
  ['interpolations', `name: ${'${'.repeat(30_000)}`],
  ['long text', `name: ${'a-'.repeat(60_000)}!`],
])('a file of %s is refused in time', (_, yaml) => {
  const start = cpuTime();
  expect(names(yaml).length).toBeGreaterThan(0);
  expect(cpuTime() - start).toBeLessThan(2000);
});

test('a file above the bound is not read', () => {
  expect(names(`${text}#${'x'.repeat(MAX_TEXT_LENGTH)}`)).toEqual(['file-too-large']);
});

test('no text makes it throw or speak of a place that does not exist', () => {
  const lines = text.split('\n');
  const chunk = fc.oneof(
    fc.constantFrom(...lines),
    fc.string(),
    fc.constantFrom(
      '\n',
      '\t',
      ': ',
      '{',
      '}',
      '"',
      "'",
      '&a',
      '*a',
      '!!x',
      '<<: ',
      '|',
      '---',
      '\u0000',
      '\uD800',
      '${',
      '{{',
      '#',
    ),
  );
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 30 }), (chunks) => {
      const yaml = chunks.join('');
      const count = yaml.split('\n').length;
      for (const one of readSpec(yaml, 'app.yaml').diagnostics) {
        expect(one.line).toBeGreaterThanOrEqual(1);
        expect(one.endLine).toBeLessThanOrEqual(count);
        expect(one.message).not.toMatch(/undefined|\[object/);
      }
    }),
    { seed: 7, numRuns: 1500 },
  );
});
