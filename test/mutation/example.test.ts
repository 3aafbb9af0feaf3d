import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { analyze } from '../../compiler/analyze.ts';
import { judge, shareNamed, summarize } from './judge.ts';
import { MUTATION_KINDS, mutations } from './mutations.ts';
import { sample } from './sample.ts';

test('a mutant of the example is answered by its own line, from its characters to its meaning', () => {
  const text = readFileSync('examples/lead-tracker/app.yaml', 'utf8');
  const check = (mutant: string) => analyze(mutant, 'app.yaml').diagnostics;
  expect(check(text)).toEqual([]);
  const verdict = judge(sample(mutations(text), 500), check);
  const summary = summarize(verdict);
  expect(verdict.failures.filter((one) => one.reason !== 'another line')).toEqual([]);
  expect(verdict.slowest, summary).toBeLessThan(2000);
  expect(shareNamed(verdict.all), summary).toBeGreaterThanOrEqual(0.95);
  for (const kind of MUTATION_KINDS) {
    expect(verdict.byKind[kind].wrong, kind).toBeGreaterThan(0);
    expect(shareNamed(verdict.byKind[kind]), `${kind}\n${summary}`).toBeGreaterThanOrEqual(0.8);
  }
});
