/** An exact number: `units` of 10^-`scale`. Whole numbers have scale 0. */
export interface Exact {
  readonly units: bigint;
  readonly scale: number;
}

type MaybeExact = Exact | null;

/** Reads a number as JSON carries it: whole numbers as they are, `bigint` and `decimal` as text. */
export function exact(value: string | number | null | undefined): MaybeExact {
  if (value === null || value === undefined) return null;
  const [whole = '0', fraction = ''] = String(value).split('.');
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

/** Less than 0, 0 or more: how the first compares with the second. */
export function compareExact(left: Exact, right: Exact): number {
  const [a, b] = align(left, right);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether two numbers are the same, `1.5` and `1.50` for one; null equals null. */
export function sameNumber(left: MaybeExact, right: MaybeExact): boolean {
  return left === null || right === null ? left === right : compareExact(left, right) === 0;
}

/** The sum; null where one is null, as with all that follow. */
export function plus(left: MaybeExact, right: MaybeExact): MaybeExact {
  return both(left, right, (a, b, scale) => ({ units: a + b, scale }));
}

/** The difference. */
export function minus(left: MaybeExact, right: MaybeExact): MaybeExact {
  return both(left, right, (a, b, scale) => ({ units: a - b, scale }));
}

/** The product. */
export function times(left: MaybeExact, right: MaybeExact): MaybeExact {
  if (left === null || right === null) return null;
  return { units: left.units * right.units, scale: left.scale + right.scale };
}

/** The quotient to ten places, half away from zero; null for a divisor of 0. */
export function quotient(left: MaybeExact, right: MaybeExact): MaybeExact {
  return both(left, right, (a, b) => {
    if (b === 0n) return null;
    const digits = (a * 10n ** 11n) / b;
    return { units: (digits + (digits < 0n ? -5n : 5n)) / 10n, scale: 10 };
  });
}

/** The quotient of whole numbers without its fraction; null for a divisor of 0. */
export function wholeQuotient(left: MaybeExact, right: MaybeExact): MaybeExact {
  return both(left, right, (a, b) => (b === 0n ? null : { units: a / b, scale: 0 }));
}

/** What is left of a division without fraction, with the sign of the first; null for a divisor of 0. */
export function remainder(left: MaybeExact, right: MaybeExact): MaybeExact {
  return both(left, right, (a, b, scale) => (b === 0n ? null : { units: a % b, scale }));
}

/** The number with at most so many places, half away from zero. */
export function rounded(value: MaybeExact, places: number): MaybeExact {
  if (value === null || value.scale <= places) return value;
  const unit = 10n ** BigInt(value.scale - places);
  const half = value.units < 0n ? -unit / 2n : unit / 2n;
  return { units: (value.units + half) / unit, scale: places };
}

/** The number with its sign turned. */
export function negated(value: MaybeExact): MaybeExact {
  return value && { ...value, units: -value.units };
}

/** The nearest double. */
export function toDouble(value: MaybeExact): number | null {
  return value === null ? null : Number(toText(value));
}

function toText({ units, scale }: Exact): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${units < 0n ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}0`;
}

function both(
  left: MaybeExact,
  right: MaybeExact,
  work: (a: bigint, b: bigint, scale: number) => MaybeExact,
): MaybeExact {
  if (left === null || right === null) return null;
  return work(...align(left, right), Math.max(left.scale, right.scale));
}

function align(left: Exact, right: Exact): readonly [bigint, bigint] {
  const scale = Math.max(left.scale, right.scale);
  return [left.units * 10n ** BigInt(scale - left.scale), right.units * 10n ** BigInt(scale - right.scale)];
}
