import type { CodeRange } from './pattern-node.ts';

const LAST = 0x10ffff;

/** Every code point. */
export const ANY: readonly CodeRange[] = [[0, LAST]];
export const DIGITS: readonly CodeRange[] = [[0x30, 0x39]];
export const WORD: readonly CodeRange[] = [...DIGITS, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
export const SPACE: readonly CodeRange[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
/** What `.` leaves out. */
export const LINE_ENDS: readonly CodeRange[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];

/** Beyond ASCII the exact members of a Unicode property do not matter: samples are tested, hazards over-estimated. */
const BEYOND_ASCII: CodeRange = [0xaa, LAST];
const PROPERTIES: ReadonlyMap<string, readonly CodeRange[]> = new Map([
  ['L', [[0x41, 0x5a], [0x61, 0x7a], BEYOND_ASCII]],
  ['Letter', [[0x41, 0x5a], [0x61, 0x7a], BEYOND_ASCII]],
  ['Alphabetic', [[0x41, 0x5a], [0x61, 0x7a], BEYOND_ASCII]],
  ['Lu', [[0x41, 0x5a], BEYOND_ASCII]],
  ['Ll', [[0x61, 0x7a], BEYOND_ASCII]],
  ['N', [[0x30, 0x39], BEYOND_ASCII]],
  ['Nd', [[0x30, 0x39], BEYOND_ASCII]],
]);

/** The code points of `\p{...}`, at least. */
export function propertyRanges(property: string): readonly CodeRange[] {
  return PROPERTIES.get(property.replace(/^(gc|General_Category)=/, '')) ?? ANY;
}

/** Every code point that is in none of the ranges. */
export function complement(ranges: readonly CodeRange[]): readonly CodeRange[] {
  const gaps: CodeRange[] = [];
  let next = 0;
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (from > next) gaps.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  if (next <= LAST) gaps.push([next, LAST]);
  return gaps;
}

/** Whether some code point is in both. */
export function overlap(left: readonly CodeRange[], right: readonly CodeRange[]): boolean {
  return left.some(([from, to]) => right.some(([otherFrom, otherTo]) => from <= otherTo && otherFrom <= to));
}
