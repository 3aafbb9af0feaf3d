import type { DatabaseSchema, Table } from '../../database/database-schema.ts';
import { LINKED_ID } from '../../database/maintained-columns.ts';
import { qualify, unquoteIdentifier } from '../../sql/sql-text.ts';
import { find } from '../named-list.ts';

/**
 * What a trigger of the row sets a column to whenever the row is written, as an expression over the table itself;
 * undefined for a column that no trigger keeps. The table has its new name.
 */
export function maintainedValue(schema: DatabaseSchema, table: Table, column: string): string | undefined {
  return maintainedValues(schema, table).get(column);
}

/** What triggers of the row set columns to, by the names of these. */
export function maintainedValues(schema: DatabaseSchema, table: Table): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const trigger of table.triggers) {
    if (trigger.timing !== 'before') continue;
    for (const line of find(schema.functions, trigger.function)?.body ?? []) {
      const { column, value } = SETS.exec(line)?.groups ?? {};
      if (column === undefined || value === undefined) continue;
      const name = unquoteIdentifier(column);
      if (!values.has(name)) values.set(name, overTable(schema, table, value));
    }
  }
  return values;
}

/** A line that gives a column of the row its value. */
const SETS = /^ {2}new\.(?<column>"(?:[^"]|"")*"|[\w$]+) := (?<value>.*?);?$/;

/** The id by which others link to the row, texts, names in quotes, and the row that a trigger has. */
const PARTS = new RegExp(
  [
    LINKED_ID.replaceAll(/[().]/g, String.raw`\$&`),
    /'(?:[^']|'')*'/.source,
    /"(?:[^"]|"")*"/.source,
    /\bnew\./.source,
  ].join('|'),
  'g',
);

function overTable({ name }: DatabaseSchema, table: Table, expression: string): string {
  const record = `${qualify(name, table.name)}.`;
  const spelled = new Map([
    [LINKED_ID, `${record}id`],
    ['new.', record],
  ]);
  return expression.replace(PARTS, (part) => spelled.get(part) ?? part);
}
