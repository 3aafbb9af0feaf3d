import { sql, type Expression, type SqlBool } from 'kysely';
import type { Text } from '../database/database.ts';
import { filterCondition, parameterName, type FilterColumn, type FilterTerm } from './filters.ts';

/** All filters of a request as one condition, with what else holds. */
export function conditionOf(
  filters: readonly FilterTerm[],
  { filters: columns, schema }: { readonly filters: Readonly<Record<string, FilterColumn>>; readonly schema: string },
  others: readonly Expression<SqlBool>[] = [],
): Expression<SqlBool> {
  const conditions = filters.map((term) => {
    const column = columns[term.key];
    if (column === undefined) throw new TypeError(`No filter column for "${term.key}".`);
    return filterCondition(term, column, schema);
  });
  const all = [...conditions, ...others];
  return all.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`${sql.join(all, sql` and `)}`;
}

/** What requests whose filters are one text of SQL share. */
export function conditionShape(filters: readonly FilterTerm[]): string {
  return filters.map(({ key, operator, value }) => `${key} ${operator}${operator === 'null' ? value : ''}`).join('&');
}

/** What fills the holes of the condition. */
export function filterValues(filters: readonly FilterTerm[]): Readonly<Record<string, Text>> {
  return Object.fromEntries(
    filters.map(({ key, operator, value }): readonly [string, Text] => [parameterName(key, operator), value]),
  );
}
