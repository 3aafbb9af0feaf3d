import type { CatalogueDifference } from './compare-catalogues.ts';

/** Leaves out what is declared to be someone else's, by the name that a difference has: `leads.legacy_code`. */
export function withoutUnmanaged(
  differences: readonly CatalogueDifference[],
  unmanaged: readonly string[],
): readonly CatalogueDifference[] {
  const names = new Set(unmanaged);
  return differences.filter(({ name, change }) => change !== 'added' || !names.has(name));
}
