import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { analyze } from '../../compiler/analyze.ts';
import { judge, shareNamed, summarize } from '../mutation/judge.ts';
import { MUTATION_KINDS, mutations } from '../mutation/mutations.ts';

const text = readFileSync(join(import.meta.dirname, '../mutation/every-construct.yaml'), 'utf8');

test('every mutant, to its meaning, is answered by its own line', () => {
  const verdict = judge(mutations(text), (mutant) => analyze(mutant, 'app.yaml').diagnostics);
  const summary = summarize(verdict);
  console.log(summary);
  expect(verdict.failures.filter((one) => one.reason !== 'another line')).toEqual([]);
  expect(verdict.slowest, summary).toBeLessThan(2000);
  expect(shareNamed(verdict.all), summary).toBeGreaterThanOrEqual(0.95);
  for (const kind of MUTATION_KINDS) expect(shareNamed(verdict.byKind[kind]), summary).toBeGreaterThanOrEqual(0.8);
});
