import { sqlNames } from '../../sql/sql-tokens.ts';
import { find } from '../named-list.ts';
import { sameValue } from '../same-value.ts';
import type { Comparison } from './table-pair.ts';

/** Whether all that an expression over tables reads is there before the migration, as it is afterwards. */
export function isAskedBefore({ from, to, pairs, renames }: Comparison, expression: string): boolean {
  if (renames.length > 0) return false;
  const names = sqlNames(expression);
  const changed = [
    ...pairs.flatMap(({ fresh, retyped, filled, recomputed }) => [
      ...fresh,
      ...retyped.keys(),
      ...filled.keys(),
      ...recomputed,
    ]),
    ...to.tables.filter(({ name }) => find(from.tables, name) === undefined).map(({ name }) => name),
    ...to.functions.filter(({ name }) => find(from.functions, name) === undefined).map(({ name }) => name),
    ...to.enums.filter((one) => !sameValue(find(from.enums, one.name), one)).map(({ name }) => name),
  ];
  return !changed.some((name) => names.has(name));
}
