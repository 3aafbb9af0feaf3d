import { compareExact, type Exact } from './exact.ts';

/** Whatever has an order: texts (dates and times too), doubles, moments and durations in microseconds, exact numbers. */
export type Ordered = string | number | bigint | Exact;

type Maybe = Ordered | null | undefined;

/** `<`; false where a side is absent, as with all that follow. */
export function isLess(left: Maybe, right: Maybe): boolean {
  return present(left) && present(right) && compare(left, right) < 0;
}

/** `<=`. */
export function isAtMost(left: Maybe, right: Maybe): boolean {
  return present(left) && present(right) && compare(left, right) <= 0;
}

/** `>`. */
export function isMore(left: Maybe, right: Maybe): boolean {
  return present(left) && present(right) && compare(left, right) > 0;
}

/** `>=`. */
export function isAtLeast(left: Maybe, right: Maybe): boolean {
  return present(left) && present(right) && compare(left, right) >= 0;
}

/** Place of a word among the values of its enum. */
export function rank(word: string | null | undefined, values: readonly string[]): number | null {
  return word === null || word === undefined ? null : values.indexOf(word);
}

/** The word at a place among the values of its enum. */
export function wordAt(place: number | null, values: readonly string[]): string | null {
  return place === null ? null : (values[place] ?? null);
}

/** The least of those that are there; null of none. */
export function least<Value extends Ordered>(values: readonly (Value | null)[]): Value | null {
  return pick(values, (order) => order < 0);
}

/** The greatest of those that are there; null of none. */
export function greatest<Value extends Ordered>(values: readonly (Value | null)[]): Value | null {
  return pick(values, (order) => order > 0);
}

function pick<Value extends Ordered>(
  values: readonly (Value | null)[],
  isBetter: (order: number) => boolean,
): Value | null {
  let best: Value | null = null;
  for (const value of values) if (value !== null && (best === null || isBetter(compare(value, best)))) best = value;
  return best;
}

function present(value: Maybe): value is Ordered {
  return value !== null && value !== undefined;
}

/** Two values of one type. */
function compare(left: Ordered, right: Ordered): number {
  if (typeof left === 'object' && typeof right === 'object') return compareExact(left, right);
  if (typeof left === 'string' && typeof right === 'string') return compareTexts(left, right);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** By code points, as Postgres' collation "C" does; UTF-16 has surrogates before U+E000. */
function compareTexts(left: string, right: string): number {
  if (!/[\ud800-\uffff]/.test(left + right)) return left < right ? -1 : left > right ? 1 : 0;
  const [a, b] = [[...left], [...right]];
  for (const [index, character] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const difference = (character.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
