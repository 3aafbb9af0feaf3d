import { sqlNames } from '../../sql/sql-tokens.ts';
import { find } from '../named-list.ts';
import { sameValue } from '../same-value.ts';
import type { Comparison } from './table-pair.ts';

/** Whether all that an expression over tables reads is there before the migration, as it is afterwards. */
export function isAskedBefore(comparison: Comparison, expression: string): boolean {
  const { from, to, pairs } = comparison;
  const names = sqlNames(expression);
  if (isRenamed(comparison, names)) return false;
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

/** Whether something among these names is called otherwise before the migration, or a value is of what they may hold. */
export function isRenamed({ to, renames }: Comparison, names: ReadonlySet<string>): boolean {
  const holds = (type: string): boolean =>
    to.tables.some(({ columns }) => columns.some((column) => column.type.name === type && names.has(column.name)));
  return renames.some((rename) =>
    rename.kind === 'value' ? holds(rename.enum) : names.has(rename.name) || names.has(rename.to),
  );
}
