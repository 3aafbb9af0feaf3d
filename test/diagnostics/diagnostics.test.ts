import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listCatalogue } from '../../compiler/diagnostics/catalogue.ts';
import { temporaryFolder } from '../output/temporary-folder.ts';
import { applyFixes } from './apply-fixes.ts';
import { compareGolden, diagnose, findUncovered, listCases, runCase } from './harness.ts';

const cases = listCases();

test.each(cases)('%s is told as it was', async (name) => {
  expect(await runCase(name)).toEqual([]);
});

test.each(cases)('%s names its own code', (name) => {
  expect(diagnose(readCase(name)).map((one) => one.code)).toContain(name.slice(0, 6));
});

test('every code that a spec can cause has a case', () => {
  expect(findUncovered(listCatalogue(), cases)).toEqual([]);
});

test('a code without a case is found', () => {
  const entries = [{ code: 'SC1001' }, { code: 'SC2999' }];
  expect(findUncovered(entries, ['SC1001-yaml-syntax'])).toEqual(['SC2999']);
});

test('a golden that differs by one character is found', () => {
  const file = join(temporaryFolder(), 'expected.txt');
  writeFileSync(file, 'app.yaml:1:1 error');
  expect(compareGolden(file, 'app.yaml:1:2 error', false)).toHaveLength(1);
  expect(compareGolden(file, 'app.yaml:1:1 error', false)).toEqual([]);
});

test('codes are unique, and names speak of nothing else', () => {
  const entries = listCatalogue();
  expect(new Set(entries.map((one) => one.code)).size).toBe(entries.length);
  for (const { code, name, explanation } of entries) {
    expect(code).toMatch(/^SC[1-6]\d{3}$/);
    expect(name).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
    expect(Object.values(explanation).every((text) => text !== '')).toBe(true);
  }
});

test.each(cases)('the fixes of %s mend what they were given for', (name) => {
  const text = readCase(name);
  const before = diagnose(text);
  const fixed = before.filter((one) => one.fix !== undefined);
  if (fixed.length === 0) return;
  const after = diagnose(applyFixes(text, before));
  const left = after.filter((one) => fixed.some((was) => was.name === one.name && was.message === one.message));
  expect(left).toEqual([]);
});

function readCase(name: string): string {
  return readFileSync(join(import.meta.dirname, name, 'app.yaml'), 'utf8');
}
