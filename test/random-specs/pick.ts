import fc from 'fast-check';
import type { Draw } from './construct.ts';

/** One of the items. */
export function pick<Item>(draw: Draw, items: readonly Item[]): Item {
  return draw(() => fc.constantFrom(...items));
}

/** Some of the items, at most `most` and each at most once, in any order. */
export function pickSome<Item>(draw: Draw, items: readonly Item[], most = items.length): readonly Item[] {
  if (items.length === 0) return [];
  return draw(() => fc.shuffledSubarray([...items], { minLength: 1, maxLength: Math.min(most, items.length) }));
}

export function pickNumber(draw: Draw, min: number, max: number): number {
  return draw(() => fc.noBias(fc.integer({ min, max })));
}

/** True in `share` of a hundred cases. */
export function happens(draw: Draw, share: number): boolean {
  return pickNumber(draw, 1, 100) <= share;
}
