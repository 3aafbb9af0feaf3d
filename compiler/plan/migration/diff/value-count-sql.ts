import type { Column } from '../../database/database-schema.ts';
import { quoteLiteral } from '../../sql/sql-text.ts';
import { formerNames } from './former-names.ts';
import type { Comparison } from './table-pair.ts';

/** Values of one column that rows are counted by. */
export interface ColumnValues {
  readonly column: Column;
  readonly values: readonly string[];
}

/** Counts the rows that have one of these values in any of these columns. */
export function valueCountSql(comparison: Comparison, table: string, sought: readonly ColumnValues[]): string {
  const names = formerNames(comparison, table);
  const conditions = sought.map(({ column, values }) => {
    const text = names.column(column.name);
    const list = values.map(quoteLiteral).join(', ');
    return column.type.array === true ? `${text}::text[] && array[${list}]` : `${text}::text in (${list})`;
  });
  return `select count(*) from ${names.table} where ${conditions.join(' or ')};`;
}
