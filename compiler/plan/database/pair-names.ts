import type { Field } from '../../model/app.ts';
import { derivedName, PAIR_COLUMNS, pairTableName } from '../../model/naming.ts';

/** `tasks_labels_target_id_fkey`: refuses a link to no row, and to delete a row that is linked. */
export function pairTargetName(table: string, field: Pick<Field, 'name'>): string {
  return derivedName(pairTableName(table, field.name), [PAIR_COLUMNS.target], 'fkey');
}

/** `tasks_labels_pkey`: refuses to link twice. */
export function pairKeyName(table: string, field: Pick<Field, 'name'>): string {
  return derivedName(pairTableName(table, field.name), [], 'pkey');
}
