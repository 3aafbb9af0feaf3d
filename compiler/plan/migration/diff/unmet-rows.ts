import type { DatabaseFunction } from '../../database/database-schema.ts';
import { qualify } from '../../sql/sql-text.ts';
import type { Draft } from './draft.ts';
import { queryByThen } from './stored-expression.ts';
import type { Comparison } from './table-pair.ts';

/** How a function that holds a check over other rows looks for a row that does not meet it. */
const LOOKS = / from (?<table>\S+) record where record\.id = row_id and (?<unmet>.+)\) then$/;

/** The rows that a check over other rows looks at, and the condition under which one does not meet it; undefined for other functions. */
function unmetOf({ body }: DatabaseFunction): Readonly<Record<string, string>> | undefined {
  return body.map((line) => LOOKS.exec(line)).find((match) => match !== null)?.groups;
}

/**
 * A check over other rows asks none that are there already until something changes: told with a count where it can be
 * counted.
 *
 * @returns whether the function is such a check over rows that are there
 */
export function warnOfUnmetRows(comparison: Comparison, check: DatabaseFunction, draft: Draft): boolean {
  const { table } = unmetOf(check) ?? {};
  const isThere = comparison.pairs.some(({ next }) => qualify(comparison.to.name, next.name) === table);
  if (!isThere) return false;
  const query = countOfUnmet(comparison, check);
  draft.warn({ kind: 'BEHAVIOUR_CHANGE', object: check.name, ...(query !== undefined && { query }) });
  return true;
}

/** Counts the rows that will not meet a check over other rows; undefined where that cannot be asked for yet. */
export function countOfUnmet(comparison: Comparison, check: DatabaseFunction): string | undefined {
  const { table, unmet } = unmetOf(check) ?? {};
  if (table === undefined) return undefined;
  return queryByThen(comparison, `select count(*) from ${table} record where ${unmet};`);
}
