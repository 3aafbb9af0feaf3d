/** An operation that does not fit the schema it is folded into. */
export class FoldError extends Error {
  override readonly name = 'FoldError';
}

interface Named {
  readonly name: string;
}

/** The item of a name. Lists are frozen data: a long one is read once and remembered by name. */
export function find<Item extends Named>(items: readonly Item[], name: string): Item | undefined {
  if (items.length < LONG) return items.find((item) => item.name === name);
  const index = PLACES.get(items) ?? rememberPlaces(items);
  return items[index.get(name) ?? -1];
}

const LONG = 50;
const PLACES = new WeakMap<readonly Named[], ReadonlyMap<string, number>>();

function rememberPlaces(items: readonly Named[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [index, { name }] of items.entries()) if (!places.has(name)) places.set(name, index);
  PLACES.set(items, places);
  return places;
}

/** Of a list that is asked but once. */
function has(items: readonly Named[], name: string): boolean {
  return items.some((item) => item.name === name);
}

/** Adds an item whose name is new. */
export function insert<Item extends Named>(items: readonly Item[], item: Item): readonly Item[] {
  if (has(items, item.name)) throw new FoldError(`"${item.name}" exists already`);
  return [...items, item];
}

/** Takes out an item that is there. */
export function remove<Item extends Named>(items: readonly Item[], name: string): readonly Item[] {
  if (!has(items, name)) throw new FoldError(`"${name}" does not exist`);
  return items.filter((item) => item.name !== name);
}

/** Changes an item that is there. */
export function change<Item extends Named>(
  items: readonly Item[],
  name: string,
  edit: (item: Item) => Item,
): readonly Item[] {
  if (!has(items, name)) throw new FoldError(`"${name}" does not exist`);
  return items.map((item) => (item.name === name ? edit(item) : item));
}

/** Gives an item that is there a name that is new. */
export function rename<Item extends Named>(items: readonly Item[], name: string, to: string): readonly Item[] {
  if (has(items, to)) throw new FoldError(`"${to}" exists already`);
  return change(items, name, (item) => ({ ...item, name: to }));
}
