import fc from 'fast-check';
import type { FieldSpec } from '../../compiler/spec/spec.ts';

const PATTERNS = [
  '^[a-z0-9]+(?:-[a-z0-9]+)*$',
  '^#[0-9a-f]{6}$',
  '^[A-Z]{3}-\\d{4}$',
  '[A-Z]{2}',
  '^[\\p{L} .-]+$',
  '^(?=.*[A-Z])(?=.*\\d)[A-Za-z\\d]{8,}$',
  '^(?:red|green|blue)$',
  '^[^\\s]+$',
  '^\\w+@\\w+\\.\\w{2,}$',
  '^\\u{1F600}.?$',
];

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}

interface Bounds<Value> {
  readonly min?: Value;
  readonly max?: Value;
}

/** Two values of one order, either of them left out at times. */
function bounds<Value>(
  values: fc.Arbitrary<Value>,
  order: (a: Value, b: Value) => number,
): fc.Arbitrary<Bounds<Value>> {
  return fc.tuple(values, values, fc.constantFrom('none', 'min', 'max', 'both')).map(([a, b, which]): Bounds<Value> => {
    const [min, max] = order(a, b) <= 0 ? [a, b] : [b, a];
    if (which === 'both') return { min, max };
    if (which === 'none') return {};
    return which === 'min' ? { min } : { max };
  });
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byNumber = (a: number, b: number): number => a - b;
const byBigint = (a: string, b: string): number => (BigInt(a) < BigInt(b) ? -1 : 1);

const dates = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, day]) => `${pad(year, 4)}-${pad(month)}-${pad(day)}`);
const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => pad(part)).join(':'));
const datetimes = fc.tuple(dates, times).map(([date, time]) => `${date}T${time}Z`);

const texts = fc
  .tuple(
    fc.constantFrom('string' as const, 'text' as const),
    fc.integer({ min: 1, max: 40 }),
    fc.integer({ min: 0, max: 300 }),
  )
  .map(([type, minLength, more]): FieldSpec => ({ type, minLength, maxLength: minLength + more }));
const patterned = fc
  .tuple(fc.constantFrom(...PATTERNS), fc.integer({ min: 20, max: 300 }))
  .map(([pattern, maxLength]): FieldSpec => ({ type: 'string', pattern, maxLength }));
const integers = bounds(fc.integer(), byNumber).map((limits): FieldSpec => ({ type: 'integer', ...limits }));
const numbers = bounds(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), byNumber).map((limits): FieldSpec => ({
  type: 'number',
  ...limits,
}));
const bigints = bounds(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String), byBigint).map(
  (limits): FieldSpec => ({ type: 'bigint', ...limits }),
);
const decimals = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 30 }))
  .filter(([precision, scale]) => scale <= precision)
  .chain(([precision, scale]) => {
    const edge = 10n ** BigInt(precision) - 1n;
    const units = fc.bigInt({ min: -edge, max: edge });
    return fc.tuple(units, units, fc.boolean()).map(([a, b, bounded]): FieldSpec => {
      const [min, max] = a < b ? [a, b] : [b, a];
      const limits = bounded ? { min: decimalText(min, scale), max: decimalText(max, scale) } : {};
      return { type: 'decimal', precision, scale, ...limits };
    });
  });

function decimalText(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${units < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(digits.length - scale)}`}`;
}

const moments = fc.oneof(
  bounds(dates, byCodeUnit).map((limits): FieldSpec => ({ type: 'date', ...limits })),
  bounds(times, byCodeUnit).map((limits): FieldSpec => ({ type: 'time', ...limits })),
  bounds(datetimes, byCodeUnit).map((limits): FieldSpec => ({ type: 'datetime', ...limits })),
);
const enums = fc
  .uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 6 })
  .map((values): FieldSpec => ({ type: 'enum', values }));
const plain = fc
  .constantFrom('boolean', 'timeZone', 'uuid', 'json', 'email', 'phone', 'url')
  .map((type): FieldSpec => ({ type }));

const single = fc.oneof(texts, patterned, integers, numbers, bigints, decimals, moments, enums, plain);

/** Declarations of fields whose limits leave at least one value. */
export const fieldSpecs: fc.Arbitrary<FieldSpec> = fc
  .tuple(single, fc.integer({ min: 0, max: 5 }))
  .map(([spec, maxItems]) => (maxItems === 0 || spec.type === 'json' ? spec : { ...spec, many: true, maxItems }));
