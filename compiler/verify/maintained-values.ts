import type { DatabaseSchema, Table } from '../plan/database/database-schema.ts';
import { maintainedValue } from '../plan/migration/diff/maintained-value.ts';

/** What every update changes by a trigger. */
export const OF_UPDATES: readonly string[] = ['updated_at', 'version'];

/** Columns that triggers compute from other values, with what they make of a row. */
export function maintainedValues(
  schema: DatabaseSchema,
  table: Table,
): readonly { readonly column: string; readonly value: string }[] {
  return table.columns.flatMap(({ name: column }) => {
    const value = OF_UPDATES.includes(column) ? undefined : maintainedValue(schema, table, column);
    return value === undefined ? [] : [{ column, value }];
  });
}
