import type { NameChange } from './sort-out-renames.ts';
import { temporaryName } from './temporary-name.ts';

/** A change of a name on the way to the last one. */
export interface RenamingStep<Item extends NameChange> extends NameChange {
  readonly of: Item;
}

/**
 * Renames in an order in which each new name is free: `b` to `c` before `a` to `b`. Where names change places, one of
 * them steps aside first.
 */
export function renamingSteps<Item extends NameChange>(changes: readonly Item[]): readonly RenamingStep<Item>[] {
  const byName = new Map(changes.map((change) => [change.name, change]));
  const aside = new Map<Item, string>();
  const done = new Set<Item>();
  const steps: RenamingStep<Item>[] = [];
  const visit = (change: Item, above: readonly Item[]): void => {
    const blocker = byName.get(change.to);
    if (blocker !== undefined && blocker !== change && !done.has(blocker)) {
      if (above.includes(blocker)) {
        aside.set(blocker, temporaryName(blocker.name, 'old'));
        steps.push({ name: blocker.name, to: temporaryName(blocker.name, 'old'), of: blocker });
      } else visit(blocker, [...above, change]);
    }
    steps.push({ name: aside.get(change) ?? change.name, to: change.to, of: change });
    done.add(change);
  };
  for (const change of changes.toSorted((a, b) => (a.name < b.name ? -1 : 1))) if (!done.has(change)) visit(change, []);
  return steps;
}
