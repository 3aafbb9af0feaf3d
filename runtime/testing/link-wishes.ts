import type { FieldCase, ResourceCase } from './resource-case.ts';
import { meetsCondition } from './row-checks.ts';
import { wholeRow, type SeededRow } from './seeded-row.ts';

/** How wishes name a link: `Review.ticketId`. */
export function linkName({ name }: ResourceCase, { key }: FieldCase): string {
  return `${name}.${key}`;
}

/** Whether a row is as rules ask of one that a link leads to; one that is not there yet can be made so, or not. */
export function isAsAsked(
  { wishes = [] }: ResourceCase,
  link: string,
  row: SeededRow | undefined,
  canMake: boolean,
): boolean {
  return wishes
    .filter(({ by }) => by === link)
    .every(({ holds }) => (row === undefined ? canMake : meetsCondition(holds, wholeRow(row))));
}
