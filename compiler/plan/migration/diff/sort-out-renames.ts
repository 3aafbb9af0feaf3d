/** A former name and the present one. */
export interface NameChange {
  readonly name: string;
  readonly to: string;
}

/** What bears a name before and after. */
export interface Names {
  readonly old: ReadonlySet<string>;
  readonly next: ReadonlySet<string>;
}

/** Renames that contradict each other, or what is there. */
export type Contradiction<Item extends NameChange> =
  | { readonly kind: 'renameClaimedTwice'; readonly rename: Item; readonly other: Item }
  /** The former name is still in use. */
  | { readonly kind: 'renameSourcePresent'; readonly rename: Item };

/** The renames of one space of names that there is something to do for; with a contradiction there are none. */
export interface SortedRenames<Item extends NameChange> {
  readonly renames: readonly Item[];
  readonly contradictions: readonly Contradiction<Item>[];
}

/**
 * Those applied long ago are inert: their new name is there and nothing frees it. What frees a name may itself wait for
 * another, and names that change places free each other.
 */
export function sortOutRenames<Item extends NameChange>(
  declared: readonly Item[],
  { old, next }: Names,
): SortedRenames<Item> {
  const renames = freed(
    declared.filter(({ name, to }) => name !== to && old.has(name) && next.has(to)),
    old,
  );
  const claimed = renames.flatMap((rename, index): readonly Contradiction<Item>[] => {
    const other = renames.slice(0, index).find(({ name, to }) => name === rename.name || to === rename.to);
    return other === undefined ? [] : [{ kind: 'renameClaimedTwice', rename, other }];
  });
  if (claimed.length > 0) return { renames: [], contradictions: claimed };
  const targets = new Set(renames.map(({ to }) => to));
  const kept = renames.filter(({ name }) => next.has(name) && !targets.has(name));
  if (kept.length === 0) return { renames, contradictions: [] };
  return { renames: [], contradictions: kept.map((rename) => ({ kind: 'renameSourcePresent', rename })) };
}

/** Changes whose new names nothing keeps, whether or not the former ones stay in use. */
export function freed<Item extends NameChange>(changes: readonly Item[], old: ReadonlySet<string>): readonly Item[] {
  const leaving = new Set(changes.map(({ name }) => name));
  const left = changes.filter(({ to }) => !old.has(to) || leaving.has(to));
  return left.length === changes.length ? left : freed(left, old);
}
