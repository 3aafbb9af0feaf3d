import { compareExact, exact, plus, type Exact } from './exact.ts';

type Item = string | number | bigint | boolean | Exact | null | undefined;

/** Whether an item is in a list; false where it is absent, and null is in no list. */
export function isIn(item: Item, items: readonly Item[] | undefined): boolean {
  if (item === null || item === undefined || items === undefined) return false;
  if (typeof item !== 'object') return items.includes(item);
  return items.some((other) => typeof other === 'object' && other !== null && compareExact(item, other) === 0);
}

/** Whether there is a row, and it meets a condition. */
export function meets<Row>(row: Row | null | undefined, condition: (row: Row) => boolean): boolean {
  return row !== null && row !== undefined && condition(row);
}

/** How many items meet a condition. */
export function countOf<Item>(items: readonly Item[], meets: (item: Item) => boolean): Exact | null {
  return exact(items.filter(meets).length);
}

/** The sum of what each item has; what has nothing adds nothing. */
export function sumOf<Item>(items: readonly Item[], value: (item: Item) => Exact | null): Exact | null {
  return items.reduce<Exact | null>((sum, item) => plus(sum, value(item) ?? exact(0)), exact(0));
}
