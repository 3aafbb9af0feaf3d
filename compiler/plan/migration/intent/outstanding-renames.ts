import { exchangedNames } from '../../database/exchanged-names.ts';
import type { NameChange } from '../diff/sort-out-renames.ts';

interface FormerName {
  readonly name: string;
  readonly was: string;
}

/** Declared former names as renames, but for exchanges that the history has made: each round of names as a whole. */
export function outstandingRenames(
  items: readonly { readonly name: string; readonly was?: string }[],
  made: readonly FormerName[],
): readonly NameChange[] {
  const exchanged = new Map(exchangedNames(items).map(({ name, was }) => [name, was]));
  return items.flatMap(({ name, was }) => {
    if (was === undefined) return [];
    const round = roundOf(name, exchanged);
    const isMade = round.length > 0 && round.every((item) => made.some((one) => isSame(one, item)));
    return isMade ? [] : [{ name: was, to: name }];
  });
}

function isSame(a: FormerName, b: FormerName): boolean {
  return a.name === b.name && a.was === b.was;
}

/** All that exchanged their names with one; none: it exchanged its own with nobody. */
function roundOf(start: string, exchanged: ReadonlyMap<string, string>): readonly FormerName[] {
  const round: FormerName[] = [];
  for (let name = start; ;) {
    const was = exchanged.get(name);
    if (was === undefined) return [];
    round.push({ name, was });
    if (was === start) return round;
    name = was;
  }
}
