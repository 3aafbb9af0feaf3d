import type { DatabaseSchema, Table } from '../../database/database-schema.ts';
import { qualify, quoteIdentifier } from '../../sql/sql-text.ts';
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
  const sets = `  new.${quoteIdentifier(column)} := `;
  for (const trigger of table.triggers) {
    if (trigger.timing !== 'before') continue;
    const body = find(schema.functions, trigger.function)?.body.map((item) => renameWords(item, words));
    const line = body?.find((candidate) => candidate.startsWith(sets));
    if (line !== undefined) return overTable(schema, table, line.slice(sets.length).replace(/;$/, ''));
  }
  return undefined;
}

/** Texts, names in quotes, and the row that a trigger has. */
const PARTS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\bnew\./g;

function overTable({ name }: DatabaseSchema, table: Table, expression: string): string {
  return expression.replace(PARTS, (part) => (part === 'new.' ? `${qualify(name, table.name)}.` : part));
}
