import type { Entity, Field } from '../../../model/app.ts';
import { fieldOfColumn, formerColumns } from '../../../model/former-names.ts';
import { columnName, fieldKey } from '../../../model/naming.ts';
import type { Column, Table } from '../../database/database-schema.ts';
import { sortOutRenames, type NameChange } from '../diff/sort-out-renames.ts';
import { find } from '../named-list.ts';
import { outstandingRenames } from './outstanding-renames.ts';

/** The former names that an entity's fields declare, as columns of the table that its rows are in so far. */
export function columnRenames({ fields }: Entity, old: Table): readonly NameChange[] {
  return outstandingRenames(fields, old.origin?.exchanged ?? []).flatMap(({ name: was, to }) => {
    const field = find(fields, to);
    const name = field && formerColumn(field, was, old);
    return field === undefined || name === undefined ? [] : [{ name, to: field.column }];
  });
}

/** The column that a former field was stored in. A link was stored under another name than a value. */
function formerColumn({ reference, links }: Field, was: string, { columns }: Table): string | undefined {
  // Values that were no links have no pairs, and nobody knows whether they lead anywhere.
  if (links !== undefined) return find(columns, columnName(fieldKey(was, 'references')))?.name;
  const [value = '', link = ''] = formerColumns(was);
  const candidates = reference === undefined ? [value, link] : [link, value];
  const known = candidates.find((name) => find(columns, name) !== undefined);
  return known ?? columns.find(({ name }) => fieldOfColumn(name, false) === was)?.name;
}

/** The column that holds a field's values so far. */
export function columnSoFar(entity: Entity, field: Field, old: Table): Column | undefined {
  const { renames } = sortOutRenames(columnRenames(entity, old), {
    old: new Set(old.columns.map(({ name }) => name)),
    next: new Set(entity.fields.map(({ column }) => column)),
  });
  const isTaken = renames.some(({ name }) => name === field.column);
  const name = renames.find(({ to }) => to === field.column)?.name ?? (isTaken ? undefined : field.column);
  return name === undefined ? undefined : find(old.columns, name);
}
