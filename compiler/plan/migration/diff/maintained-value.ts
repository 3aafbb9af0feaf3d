import type { DatabaseSchema, Table } from '../../database/database-schema.ts';
import { LINKED_ID } from '../../database/maintained-columns.ts';
import { qualify } from '../../sql/sql-text.ts';
import { find } from '../named-list.ts';
import type { Renamed } from './rename-objects.ts';
import { renameWords } from './rename-words.ts';

/**
 * What a trigger of the row sets a column to whenever the row is written, as an expression over the table itself;
 * undefined for a column that no trigger keeps. The table and its column have their new names; with `words` what is read
 * gets them too.
 */
export function maintainedValue(
  schema: DatabaseSchema,
  table: Table,
  column: string,
  words: Renamed['words'] = [],
): string | undefined {
  return maintainedValues(schema, table, words).get(column);
}

/** What triggers of the row set columns to, by the names of these. */
export function maintainedValues(
  schema: DatabaseSchema,
  table: Table,
  words: Renamed['words'] = [],
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const trigger of table.triggers) {
    if (trigger.timing !== 'before') continue;
    for (const line of find(schema.functions, trigger.function)?.body ?? []) {
      const { column, value } = SETS.exec(words.length === 0 ? line : renameWords(line, words))?.groups ?? {};
      if (column === undefined || value === undefined) continue;
      const name = unquoted(column);
      if (!values.has(name)) values.set(name, overTable(schema, table, value));
    }
  }
  return values;
}

/** A line that gives a column of the row its value. */
const SETS = /^ {2}new\.(?<column>"(?:[^"]|"")*"|[\w$]+) := (?<value>.*?);?$/;

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

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
