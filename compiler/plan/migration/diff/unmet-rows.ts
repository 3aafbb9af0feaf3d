import type { DatabaseFunction } from '../../database/database-schema.ts';
import { qualify } from '../../sql/sql-text.ts';
import { sqlNames } from '../../sql/sql-tokens.ts';
import { find } from '../named-list.ts';
import { sameValue } from '../same-value.ts';
import type { Draft } from './draft.ts';
import type { Comparison } from './table-pair.ts';

/** How a function that holds a check over other rows looks for a row that does not meet it. */
const LOOKS = / from (?<table>\S+) record where record\.id = row_id and (?<unmet>.+)\) then$/;

/** A check over other rows asks none that are there already until something changes: told with a count where it can be counted. */
export function warnOfUnmetRows(comparison: Comparison, { name, body }: DatabaseFunction, draft: Draft): void {
  const looks = body.map((line) => LOOKS.exec(line)).find((match) => match !== null);
  const { table, unmet } = looks?.groups ?? {};
  const isThere = comparison.pairs.some(({ next }) => qualify(comparison.to.name, next.name) === table);
  if (!isThere) return;
  const query = `select count(*) from ${table} record where ${unmet};`;
  draft.warn({ kind: 'BEHAVIOUR_CHANGE', object: name, ...(isAskable(comparison, query) && { query }) });
}

/** Whether all that it reads is there before the migration, as it is afterwards. */
function isAskable({ from, to, pairs, renames }: Comparison, query: string): boolean {
  const names = sqlNames(query);
  const changed = [
    ...pairs.flatMap(({ fresh, retyped }) => [...fresh, ...retyped.keys()]),
    ...to.tables.filter(({ name }) => find(from.tables, name) === undefined).map(({ name }) => name),
    ...to.functions.filter(({ name }) => find(from.functions, name) === undefined).map(({ name }) => name),
    ...to.enums.filter((one) => !sameValue(find(from.enums, one.name), one)).map(({ name }) => name),
  ];
  return renames.length === 0 && !changed.some((name) => names.has(name));
}
