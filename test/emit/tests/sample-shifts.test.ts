import { expect, test } from 'vitest';
import { samples } from '../../../compiler/model/samples.ts';
import { sampleShifts } from '../../../compiler/plan/samples/sample-shifts.ts';
import { buildText, specOf } from '../../model/find-problems.ts';

/** A check of another field. */
const NAMED = `{ named: "record.name != 'x'" }`;

/** What tests give the fields, by name, of a row with a check and of the row that it refers to. */
function valuesWith(
  target: string,
  own: string,
  check: string,
  targetChecks = NAMED,
): ReadonlyMap<string, readonly unknown[]> {
  const { app } = buildText(
    specOf(`  Target:
    fields:
      name: { type: string }
      ${target}
    checks: ${targetChecks}
    access: ACCESS
  Own:
    fields:
      target: { type: reference, to: Target }
      ${own}
    checks:
      ordered: "${check}"
    access: ACCESS`),
  );
  const shift = sampleShifts(app);
  const fields = app.entities.flatMap((entity) => entity.fields);
  return new Map(fields.map((field) => [field.name, samples(field).map((value) => shift(field, value))]));
}

function numbers(values: readonly unknown[] = []): readonly number[] {
  return values.map((value) => (Number.isNaN(Number(value)) ? Date.parse(String(value)) : Number(value)));
}

test.for([
  ['high: { type: datetime }', 'low: { type: datetime }', 'record.low < record.target.high'],
  ['high: { type: date }', `low: { type: date, default: '2031-05-05' }`, 'record.low <= record.target.high'],
  ['low: { type: date }', 'high: { type: date }', 'record.high >= record.target.low'],
  ['low: { type: bigint }', 'high: { type: bigint }', 'record.high == null || record.target.low < record.high'],
  [
    'high: { type: decimal, precision: 9, scale: 2 }',
    'low: { type: integer, min: 1, max: 500 }',
    'record.target.high > record.low',
  ],
  ['high: { type: number, min: 0 }', 'low: { type: number }', 'record.low < record.target.high'],
])('tests give %s and %s values that %s holds of', ([target = '', own = '', check = '']) => {
  const values = valuesWith(target, own, check);
  const [low, high] = [numbers(values.get('low')), numbers(values.get('high'))];
  expect(high).toHaveLength(new Set(high).size);
  expect(high.length).toBeGreaterThan(1);
  expect(Math.max(...low)).toBeLessThan(Math.min(...high));
});

test('a field is later than what the clock gives another by default', () => {
  const own = `low: { type: datetime, default: "\${now + duration('72h')}" }`;
  const values = valuesWith('high: { type: datetime }', own, 'record.low < record.target.high');
  for (const value of values.get('high') ?? []) expect(String(value).slice(0, 4) >= '2200').toBe(true);
});

const TWO = 'high: { type: date }\n      ends: { type: date }';
const LOW = 'low: { type: date }';
const CHECK = 'record.low < record.target.high';

test('what a row compares with the field moves with it', () => {
  const before = valuesWith(TWO, LOW, 'record.low != record.target.high', '{ forward: "record.high <= record.ends" }');
  const values = valuesWith(TWO, LOW, CHECK, '{ forward: "record.high <= record.ends" }');
  const gaps = (given: typeof values) =>
    numbers(given.get('ends')).map((end, index) => end - (numbers(given.get('high'))[index] ?? 0));
  expect(values.get('high')).not.toEqual(before.get('high'));
  expect(gaps(values)).toEqual(gaps(before));
});

test.for([
  ['another check', TWO, '{ other: "record.high != record.ends" }'],
  ['its limits', `high: { type: date, max: '2027-01-01' }`, NAMED],
])('a field that %s holds stays as it is', ([, target = '', checks = '']) => {
  const before = valuesWith(target, LOW, 'record.low != record.target.high', checks);
  expect(valuesWith(target, LOW, CHECK, checks)).toEqual(before);
});
