import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { invalidSamples } from '../../compiler/model/invalid-samples.ts';
import type { Field } from '../../compiler/model/app.ts';
import { samples } from '../../compiler/model/samples.ts';
import { validationProblem } from '../../runtime/http/validation-problem.ts';
import { fieldSpecs } from './field-arbitrary.ts';
import { makeField } from './make-field.ts';
import { runtimeSchema } from './runtime-schema.ts';

/** The codes that the API would answer with. */
function refusalCodes(field: Field, value: unknown): readonly string[] {
  const { error } = runtimeSchema(field).safeParse(value);
  return error === undefined ? [] : (validationProblem(error, value, 'pointer').errors ?? []).map(({ code }) => code);
}

describe('samples', () => {
  test('every sample of any field passes the validation of the compiled backend', () => {
    fc.assert(
      fc.property(fieldSpecs, (spec) => {
        const field = makeField(spec);
        const schema = runtimeSchema(field);
        const found = samples(field);
        expect(found).not.toEqual([]);
        expect(found.filter((value) => !schema.safeParse(value).success)).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  test('samples are distinct and at most three', () => {
    fc.assert(
      fc.property(fieldSpecs, (spec) => {
        const found = samples(makeField(spec)).map((value) => JSON.stringify(value));
        expect(new Set(found).size).toBe(found.length);
        expect(found.length).toBeLessThanOrEqual(3);
      }),
    );
  });

  test('every invalid sample of any field is refused by the compiled backend, for its one reason', () => {
    fc.assert(
      fc.property(fieldSpecs, (spec) => {
        const field = makeField(spec);
        for (const { value, code } of invalidSamples(field))
          expect([value, refusalCodes(field, value)]).toEqual([value, [code]]);
      }),
      { numRuns: 1500 },
    );
  });

  test('fields that differ in what their samples are made of have their own', () => {
    const spec = { type: 'string', maxLength: 20 } as const;
    const [one, other] = [makeField(spec), { ...makeField(spec), name: 'other' }];
    expect([samples(one)[0], samples(other)[0]]).toEqual(['first value', 'first other']);
    expect(samples({ ...other, limits: { maxLength: 5 } })[0]).toBe('first');
    expect(samples({ ...other, example: 'own' })[0]).toBe('own');
    expect(samples({ ...other, many: true })[0]).toEqual(['first other', 'second other']);
  });

  test('three samples are found where three values are possible', () => {
    expect(samples(makeField({ type: 'string' }))).toEqual(['first value', 'second value', 'third value']);
    expect(samples(makeField({ type: 'string', maxLength: 1 }))).toEqual(['f', 's', 't']);
    expect(samples(makeField({ type: 'integer', min: 40, max: 42 }))).toEqual([42, 40, 41]);
    expect(samples(makeField({ type: 'decimal', precision: 4, scale: 2 }))).toEqual(['1.50', '2.25', '12.01']);
    expect(samples(makeField({ type: 'decimal', precision: 2, scale: 2 }))).toEqual(['0.01', '0.02', '0.03']);
    expect(samples(makeField({ type: 'string', pattern: '^[A-Z]{3}-\\d{4}$' }))).toEqual([
      'ABC-4567',
      'BCD-5678',
      'CDE-6789',
    ]);
    expect(samples(makeField({ type: 'string', pattern: '^.+$', minLength: 9, maxLength: 9 }))).toEqual([
      'first val',
      'second va',
      'third val',
    ]);
  });

  test('the example of the author comes first, spelled as the API gives it back', () => {
    expect(samples(makeField({ type: 'decimal', precision: 6, scale: 2, example: '19.9' }))[0]).toBe('19.90');
    expect(samples(makeField({ type: 'datetime', example: '2026-03-14T11:26:53.500+02:00' }))[0]).toBe(
      '2026-03-14T09:26:53.5Z',
    );
    expect(samples(makeField({ type: 'string', pattern: '^(?=.*qu)(?=.*zz)[a-z]+$', example: 'quizz' }))).toEqual([
      'quizz',
    ]);
  });

  test('an array has no more items than it may', () => {
    expect(samples(makeField({ type: 'string', many: true, maxItems: 1 }))).toEqual([
      ['first value'],
      ['third value'],
      [],
    ]);
    expect(samples(makeField({ type: 'boolean', many: true }))).toEqual([[true, false], []]);
  });

  test('a state machine is sampled by the states that a row may start in', () => {
    const machine = { type: 'enum', values: ['new', 'won'], default: 'new', transitions: { new: ['won'] } } as const;
    expect(samples(makeField(machine))).toEqual(['new']);
  });

  test('no sample is made where no value is possible', () => {
    expect(samples(makeField({ type: 'string', pattern: '^[a-z]{3}$', maxLength: 2 }))).toEqual([]);
    expect(samples(makeField({ type: 'reference', to: 'Thing' }))).toEqual([]);
  });
});

describe('invalid samples', () => {
  test('each limit that is set has a value that breaks it', () => {
    const codes = (spec: Parameters<typeof makeField>[0]): readonly string[] =>
      invalidSamples(makeField(spec)).map(({ code }) => code);
    expect(codes({ type: 'string', minLength: 2, maxLength: 9, pattern: '^[a-z]+$' })).toEqual([
      'type',
      'maxLength',
      'minLength',
      'pattern',
    ]);
    expect(codes({ type: 'integer', min: 0, max: 100 })).toEqual(['type', 'min', 'max']);
    expect(codes({ type: 'bigint' })).toEqual(['type', 'format', 'min', 'max']);
    expect(codes({ type: 'decimal', precision: 5, scale: 2, min: '0' })).toEqual(['type', 'format', 'min']);
    expect(codes({ type: 'date', min: '2020-01-01' })).toEqual(['type', 'format', 'min']);
    expect(codes({ type: 'enum', values: ['unknown'] })).toEqual(['enum']);
    expect(codes({ type: 'email' })).toEqual(['type', 'format']);
    expect(codes({ type: 'string', many: true, maxItems: 2 })).toEqual(['type', 'maxItems']);
  });
});
