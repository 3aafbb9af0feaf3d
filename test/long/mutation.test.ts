import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { analyze } from '../../compiler/analyze.ts';
import { judge, shareNamed, summarize } from '../mutation/judge.ts';
import { MUTATION_KINDS, mutations } from '../mutation/mutations.ts';

const SPECS = [
  'test/mutation/every-construct.yaml',
  ...globSync(['examples/*/app.yaml', 'test/specs/*/app.yaml', 'test/random-specs/found/*.yaml']).toSorted(),
];

test.for(SPECS)('every mutant of %s, to its meaning, is answered by its own line', (spec) => {
  const verdict = judge(mutations(readFileSync(spec, 'utf8')), (mutant) => analyze(mutant, 'app.yaml').diagnostics);
  const summary = summarize(verdict);
  console.log(`${spec}: ${summary}`);
  expect(verdict.failures.filter((one) => one.reason !== 'another line')).toEqual([]);
  expect(verdict.slowest, summary).toBeLessThan(2000);
  expect(shareNamed(verdict.all), summary).toBeGreaterThanOrEqual(0.95);
  for (const kind of MUTATION_KINDS) expect(shareNamed(verdict.byKind[kind]), summary).toBeGreaterThanOrEqual(0.8);
});
