import type { ListCount } from './list-count.ts';

/** The list envelope around rows that are JSON text already. */
export function pageJson(
  rows: readonly string[],
  nextCursor: string | undefined,
  count: ListCount | undefined,
): string {
  const counted = count === undefined ? '' : `,"count":${JSON.stringify(count)}`;
  return `{"data":[${rows.join(',')}],"nextCursor":${nextCursor === undefined ? 'null' : `"${nextCursor}"`}${counted}}`;
}
