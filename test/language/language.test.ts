import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FIELD_TYPES } from '../../compiler/model/app.ts';
import { readSpec } from '../../compiler/spec/read-spec.ts';
import { ROOT } from '../architecture/read-sources.ts';
import { supportedKeys as keysOfSchema } from '../schema-keys/supported-keys.ts';
import { printLanguage } from './print-language.ts';

/** Rewritten by UPDATE_GOLDEN=1 (or GOLDEN=1). */
const PATH = join(ROOT, 'docs/language.md');

const printed = printLanguage();
if (process.env['UPDATE_GOLDEN'] || process.env['GOLDEN']) writeFileSync(PATH, printed);

test('docs/language.md is what the schema says', () => {
  expect(readFileSync(PATH, 'utf8')).toBe(printed);
});

test('it has a row for every key that the schema supports', () => {
  const keys = new Set(keysOfSchema().map((key) => key.slice(key.lastIndexOf('.') + 1)));
  const rows = new Set([...printed.matchAll(/^\| `(\w+)` \|/gm)].map(([, key]) => key));
  const headings = [...printed.matchAll(/^### (\w+)$/gm)].map(([, type]) => `field:${type}.type`);
  expect(keysOfSchema()).toEqual(expect.arrayContaining(headings));
  expect([...keys].filter((key) => key !== 'type' && !rows.has(key))).toEqual([]);
});

test('every row has five cells, and every link a heading', () => {
  const rows = printed.split('\n').filter((line) => line.startsWith('| '));
  for (const row of rows) expect(row.replaceAll('\\|', '').split('|').length - 2, row).toBe(5);
  const headings = [...printed.matchAll(/^##+ (.+)$/gm)].map(([, title = '']) => title.toLowerCase());
  for (const [, target] of printed.matchAll(/\]\(#([^)]+)\)/g)) expect(headings).toContain(target);
});

test('the examples of its types are fields as a spec has them', () => {
  const examples = [...printed.matchAll(/^`field: (.*)`$/gm)].map(
    ([, example = ''], index) => `      a${index}: ${example}`,
  );
  expect(examples.length).toBe(FIELD_TYPES.length);
  const spec = `supercompile: 1\nname: types\nauth: { provider: none }\nentities:\n  Lead:\n    access: {}\n    fields:\n`;
  expect(readSpec(`${spec}${examples.join('\n')}\n`, 'app.yaml').diagnostics).toEqual([]);
});

test('no cell says nothing of a value or its meaning', () => {
  expect(printed).not.toMatch(/undefined|\[object|\|  \|/);
});

test('it says how a list of links is stored and asked for, and speaks of `many` at fields only', () => {
  expect(sectionOf('### references')).toMatch(/`uuid\[\]`.*Filters: `contains`/);
  expect(sectionOf('### reference')).toMatch(/`uuid`.*Filters: `eq`/);
  expect(sectionOf('## jsonSchema')).not.toContain('with `many`');
  expect(sectionOf('### string')).toContain('with `many`, a list');
});

function sectionOf(heading: string): string {
  const [, rest = ''] = printed.split(`\n${heading}\n`);
  return rest.split(/\n##/)[0] ?? '';
}
