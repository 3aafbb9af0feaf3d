/** An operation that does not fit the schema it is folded into. */
export class FoldError extends Error {
  override readonly name = 'FoldError';
}

interface Named {
  readonly name: string;
}

/** The item of a name. */
export function find<Item extends Named>(items: readonly Item[], name: string): Item | undefined {
  return items.find((item) => item.name === name);
}

/** Adds an item whose name is new. */
export function insert<Item extends Named>(items: readonly Item[], item: Item): readonly Item[] {
  if (find(items, item.name) !== undefined) throw new FoldError(`"${item.name}" exists already`);
  return [...items, item];
}

/** Takes out an item that is there. */
export function remove<Item extends Named>(items: readonly Item[], name: string): readonly Item[] {
  if (find(items, name) === undefined) throw new FoldError(`"${name}" does not exist`);
  return items.filter((item) => item.name !== name);
}

/** Changes an item that is there. */
export function change<Item extends Named>(
  items: readonly Item[],
  name: string,
  edit: (item: Item) => Item,
): readonly Item[] {
  if (find(items, name) === undefined) throw new FoldError(`"${name}" does not exist`);
  return items.map((item) => (item.name === name ? edit(item) : item));
}

/** Gives an item that is there a name that is new. */
export function rename<Item extends Named>(items: readonly Item[], name: string, to: string): readonly Item[] {
  if (find(items, to) !== undefined) throw new FoldError(`"${to}" exists already`);
  return change(items, name, (item) => ({ ...item, name: to }));
}
