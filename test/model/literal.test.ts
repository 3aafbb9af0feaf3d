import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Literal } from '../../compiler/model/app.ts';
import { fromInstant, instant } from '../../compiler/model/calendar.ts';
import { canonicalLiteral } from '../../compiler/model/canonical-literal.ts';
import { compareDecimals, fromUnits, toUnits } from '../../compiler/model/decimals.ts';
import { literalProblem } from '../../compiler/model/literal.ts';
import type { FieldSpec } from '../../compiler/spec/spec.ts';
import { fieldSpecs } from './field-arbitrary.ts';
import { makeField } from './make-field.ts';
import { runtimeSchema } from './runtime-schema.ts';

const TEXTS = [
  '', 'a', ' ', '\u0000', '\ud800', '😀', 'new', 'UTC', 'Europe/Paris', '+01:00', 'Nowhere',
  '2026-03-14', '2026-02-29', '2024-02-29', '0000-01-01', '9999-12-31', '1900-02-29', '2000-02-29',
  '09:30', '09:30:00', '24:00:00', '23:59:60', '09:30:00.1234567', '09:30:00.5',
  '2026-03-14T09:26:53Z', '2026-03-14t09:26:53z', '2026-03-14T09:26:53', '2026-03-14T09:26:53+14:59', '2026-03-14T09:26:53+15:00',
  '0001-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00', '2026-03-14T09:26:53.123456Z', '2026-02-30T00:00:00Z',
  '018f4d2e-7b6a-7c31-9d50-3f1a2b4c5d6e', '018F4D2E-7B6A-7C31-9D50-3F1A2B4C5D6E', '00000000-0000-0000-0000-000000000000', '018f4d2e7b6a7c319d503f1a2b4c5d6e',
  '0', '-0', '1', '01', '-1', '1.5', '1.50', '.5', '1.', '1e3', '9223372036854775807', '9223372036854775808', '-9223372036854775808',
  'ann@example.com', "o'neil+x@sub.example.org", '.a@b.co', 'a..b@c.de', 'a@b', 'a@b.c', 'ä@b.de', 'a@-b.de',
  '+15551234567', '+1555', '15551234567', '+05551234567', '+155512345678901', '+1555123456789012',
  'https://example.com', 'HTTP://example.com/a?b#c', 'ftp://example.com', 'https://', 'https:///x', 'https://exa mple.com', 'https://exämple.com', 'https://[::1]/', 'https://a:b@c', 'javascript:alert(1)',
] as const; // prettier-ignore

const literals: fc.Arbitrary<Literal> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TEXTS) },
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constantFrom<Literal>(null, 2 ** 31, -(2 ** 31), 2 ** 53, { a: [1, null] }, { a: 2 ** 60 }, [], ['a'], [1]),
);

/** A zone is known by its shape alone here, by its name there; NUL in json is refused here, by Postgres there. */
function isJudgedAlike({ type }: FieldSpec, literal: Literal): boolean {
  if (type === 'timeZone') return literal !== 'Nowhere';
  return type !== 'json' || typeof literal !== 'string';
}

test('a literal is a value here exactly when the compiled backend accepts it', () => {
  fc.assert(
    fc.property(fieldSpecs, fc.array(literals, { minLength: 10, maxLength: 20 }), (spec, values) => {
      const field = makeField(spec);
      const schema = runtimeSchema(field);
      for (const value of values.filter((literal) => isJudgedAlike(spec, literal))) {
        const here = literalProblem(field, value) === undefined;
        expect([spec, value, here]).toEqual([spec, value, schema.safeParse(value).success]);
      }
    }),
    { numRuns: 1500 },
  );
});

test('the canonical spelling of a value is a value and stays as it is', () => {
  fc.assert(
    fc.property(fieldSpecs, literals, (spec, value) => {
      const field = makeField(spec);
      if (literalProblem(field, value) !== undefined) return;
      const canonical = canonicalLiteral(field, value);
      expect(literalProblem(field, canonical)).toBeUndefined();
      expect(canonicalLiteral(field, canonical)).toEqual(canonical);
    }),
    { numRuns: 1000 },
  );
});

test('moments are counted and spelled as the platform does', () => {
  const dates = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(dates, (date) => {
      const text = date.toISOString();
      expect(instant(text)).toBe(BigInt(date.getTime()) * 1000n);
      expect(new Date(fromInstant(BigInt(date.getTime()) * 1000n)).getTime()).toBe(date.getTime());
    }),
    { numRuns: 1000 },
  );
  expect(fromInstant(instant('2026-03-14T00:26:53.500+02:00') ?? 0n)).toBe('2026-03-13T22:26:53.5Z');
});

test('decimals keep their value and their order', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
      fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
      fc.integer({ min: 0, max: 10 }),
      (a, b, scale) => {
        expect(toUnits(fromUnits(a, scale), scale, 'down')).toBe(a);
        expect(Math.sign(compareDecimals(fromUnits(a, scale), fromUnits(b, scale)))).toBe(a < b ? -1 : a > b ? 1 : 0);
      },
    ),
  );
  expect(toUnits('1.239', 2, 'up')).toBe(124n);
  expect(toUnits('-1.239', 2, 'up')).toBe(-123n);
  expect(toUnits('-1.239', 2, 'down')).toBe(-124n);
});
