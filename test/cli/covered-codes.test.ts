import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listCatalogue } from '../../compiler/diagnostics/catalogue.ts';

test('every code that no spec can cause is seen in a test of the output or the command line', () => {
  const folders = [import.meta.dirname, join(import.meta.dirname, '../output')];
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const texts = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  const own = listCatalogue().filter(({ code }) => /^SC(49|5|6)/.test(code));
  expect(own.length).toBeGreaterThan(20);
  const unseen = own.filter(({ code, name }) => !texts.includes(code) && !texts.includes(`'${name}'`));
  expect(unseen.map(({ code, name }) => `${code} ${name}`)).toEqual([]);
});
