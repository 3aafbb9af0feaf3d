import type { Check, PrimaryKey, Table, Unique } from '../../database/database-schema.ts';
import { canonicalExpression, symmetricExpression } from '../../sql/canonical-expression.ts';

/** Whether rows that keep the old check keep the new one too: the same bound, further out. */
export function isCheckImplied(old: Check, next: Check): boolean {
  const [a, b] = [boundOf(old.expression), boundOf(next.expression)];
  if (a === undefined || b === undefined || a.subject !== b.subject || a.operator !== b.operator) return false;
  return a.operator.startsWith('<') ? a.limit <= b.limit : a.limit >= b.limit;
}

/** Whether two checks say the same of each row, which of two sides stands first aside. */
export function isSameCheck(old: Check, next: Check): boolean {
  return symmetricExpression(old.expression) === symmetricExpression(next.expression);
}

/** What is compared with a number. */
export interface Bound {
  readonly subject: string;
  readonly operator: string;
  readonly limit: number;
}

/** The bound that an expression is; undefined for any other. */
export function boundOf(expression: string): Bound | undefined {
  const match = /^\((.+) (<=|>=|<|>) '?(-?\d{1,15}(?:\.\d{1,6})?)'?\)$/.exec(canonicalExpression(expression));
  if (match === null) return undefined;
  return { subject: match[1] ?? '', operator: match[2] ?? '', limit: Number(match[3]) };
}

/** What a bound of this would say that it compares. */
export function subjectOf(expression: string): string | undefined {
  return boundOf(`${expression} <= 0`)?.subject;
}

/** Whether no two rows can share these columns because none share some of them already. */
export function isUniqueImplied(old: Table, next: Unique | PrimaryKey, unsettled: ReadonlySet<string>): boolean {
  const covers = (columns: readonly string[]): boolean =>
    columns.length > 0 && columns.every((name) => next.columns.includes(name) && !unsettled.has(name));
  const isRequired = (name: string): boolean => old.columns.some((column) => column.name === name && column.notNull);
  const treatsNullsAlike = next.kind === 'unique' && next.nullsNotDistinct === true && !next.columns.every(isRequired);
  return (
    old.constraints.some((item) => {
      if (item.kind === 'primaryKey') return covers(item.columns);
      return item.kind === 'unique' && covers(item.columns) && (!treatsNullsAlike || item.nullsNotDistinct === true);
    }) ||
    old.indexes.some(
      (index) =>
        index.unique === true &&
        index.where === undefined &&
        !treatsNullsAlike &&
        index.keys.every(({ column }) => column !== undefined) &&
        covers(index.keys.map(({ column }) => column ?? '')),
    )
  );
}
