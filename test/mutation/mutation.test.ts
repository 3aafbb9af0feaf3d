import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSpec } from '../../compiler/spec/read-spec.ts';
import { type Check, judge, shareNamed, summarize } from './judge.ts';
import { type Mutation, MUTATION_KINDS, mutations } from './mutations.ts';
import { sample } from './sample.ts';

const text = readFileSync(join(import.meta.dirname, 'every-construct.yaml'), 'utf8');
const check: Check = (mutant) => readSpec(mutant, 'app.yaml').diagnostics;

test('the spec that is mutated is right', () => {
  expect(check(text)).toEqual([]);
});

test('a mutant is never answered with an exception, a hang or an unlocated message, and nearly always by its own line', () => {
  const verdict = judge(sample(mutations(text), 700), check);
  const summary = summarize(verdict);
  expect(verdict.failures.filter((one) => one.reason !== 'another line')).toEqual([]);
  expect(verdict.slowest, summary).toBeLessThan(2000);
  expect(shareNamed(verdict.all), summary).toBeGreaterThanOrEqual(0.95);
  for (const kind of MUTATION_KINDS) {
    expect(verdict.byKind[kind].wrong, kind).toBeGreaterThan(0);
    expect(shareNamed(verdict.byKind[kind]), `${kind}\n${summary}`).toBeGreaterThanOrEqual(0.8);
  }
});

test('a check that throws, and one that names no line, are found', () => {
  const [first] = mutations(text);
  const some: readonly Mutation[] = first === undefined ? [] : [first];
  const throwing = judge(some, () => {
    throw new Error('bug');
  });
  expect(throwing.failures.map((one) => one.reason)).toEqual(['threw']);
  const [diagnostic] = check('');
  const nowhere = diagnostic === undefined ? [] : [{ ...diagnostic, line: 0 }];
  expect(judge(some, () => nowhere).failures.map((one) => one.reason)).toEqual(['unlocated']);
  const elsewhere = diagnostic === undefined ? [] : [{ ...diagnostic, line: 60, endLine: 60 }];
  expect(judge(some, () => elsewhere).failures.map((one) => one.reason)).toEqual(['another line']);
});
