import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WORKFLOW_CASES } from './workflow-cases.ts';

const TESTS = join(import.meta.dirname, '../..');

test('every test that a workflow case names is there', () => {
  const cases = Object.entries(WORKFLOW_CASES);
  expect(cases).toHaveLength(18);
  const missing = cases.flatMap(([id, { tests }]) =>
    Object.entries(tests).flatMap(([file, titles]) => {
      const text = readFileSync(join(TESTS, file), 'utf8');
      return titles.filter((title) => !text.includes(title)).map((title) => `${id}: ${title}`);
    }),
  );
  expect(missing).toEqual([]);
});
