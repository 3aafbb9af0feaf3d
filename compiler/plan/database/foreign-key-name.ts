import type { Field } from '../../model/app.ts';
import { derivedName } from '../../model/naming.ts';

/** `leads_account_id_fkey`. */
export function foreignKeyName(table: string, field: Field): string {
  return derivedName(table, [field.column], 'fkey');
}
