import { sql, type Expression, type SqlBool } from 'kysely';
import type { Text } from '../database/database.ts';
import { filterCondition, parameterName, type FilterColumn, type FilterTerm } from './filters.ts';
import { searchCondition, searchValues } from './search.ts';

/** What a request asks of the rows of a list. */
interface Wanted {
  readonly filters: readonly FilterTerm[];
  readonly search?: string;
}

interface Searched {
  readonly filters: Readonly<Record<string, FilterColumn>>;
  readonly schema: string;
  readonly search?: string;
}

/** All that a request asks of rows as one condition, with what else holds. */
export function conditionOf(
  { filters, search }: Wanted,
  definition: Searched,
  others: readonly Expression<SqlBool>[] = [],
): Expression<SqlBool> {
  const conditions = filters.map((term) => {
    const column = definition.filters[term.key];
    if (column === undefined) throw new TypeError(`No filter column for "${term.key}".`);
    return filterCondition(term, column, definition.schema);
  });
  const found = search === undefined || definition.search === undefined ? [] : [searchCondition(definition.search)];
  const all = [...found, ...conditions, ...others];
  return all.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`${sql.join(all, sql` and `)}`;
}

/** What requests whose conditions are one text of SQL share. */
export function conditionShape({ filters, search }: Wanted): string {
  const terms = filters.map(({ key, operator, value }) => `${key} ${operator}${operator === 'null' ? value : ''}`);
  return [...terms, ...(search === undefined ? [] : ['search'])].join('&');
}

/** What fills the holes of the condition. */
export function conditionValues({ filters, search }: Wanted): Readonly<Record<string, Text>> {
  const values = filters.map(({ key, operator, value }): readonly [string, Text] => [
    parameterName(key, operator),
    value,
  ]);
  return { ...Object.fromEntries(values), ...searchValues(search) };
}
