import type { Entity, Field } from '../../../model/app.ts';
import { entityOfTable, fieldOfColumn, formerColumns } from '../../../model/former-names.ts';
import { entityNames } from '../../../model/naming.ts';
import type { DatabaseSchema, Table } from '../../database/database-schema.ts';
import { find } from '../named-list.ts';

/** The table that the former entity had, whether its name derives from the entity's or was chosen. */
export function formerTable({ was }: Entity, { tables }: DatabaseSchema): Table | undefined {
  if (was === undefined) return undefined;
  return find(tables, entityNames(was).table) ?? tables.find(({ name }) => entityOfTable(name) === was);
}

/** The column of a field's former name. A link was stored under another name than a value. */
export function formerColumn({ was, reference }: Field, { columns }: Table): string | undefined {
  if (was === undefined) return undefined;
  const [value = '', link = ''] = formerColumns(was);
  const candidates = reference === undefined ? [value, link] : [link, value];
  const known = candidates.find((name) => find(columns, name) !== undefined);
  return known ?? columns.find(({ name }) => fieldOfColumn(name, false) === was)?.name;
}
