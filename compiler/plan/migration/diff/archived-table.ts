import type { Column, DatabaseSchema, Table } from '../../database/database-schema.ts';
import { sqlNames } from '../../sql/sql-tokens.ts';
import type { Intents } from '../intent/intents.ts';
import { find } from '../named-list.ts';
import { sameValue } from '../same-value.ts';

/** A table whose deleted rows another keeps, before and after. */
export interface LiveTable {
  readonly old: Table;
  readonly next: Table;
}

/** The table whose deleted rows this one keeps; undefined for one that keeps none, or whose table is new. */
export function liveTable(
  from: DatabaseSchema,
  to: DatabaseSchema,
  { archives }: Intents,
  archive: string,
): LiveTable | undefined {
  const table = archives.find((item) => item.archive === archive)?.table;
  if (table === undefined) return undefined;
  const [old, next] = [find(from.tables, table), find(to.tables, table)];
  return old === undefined || next === undefined ? undefined : { old, next };
}

/** The table that keeps deleted rows of this one, where it may have some already. */
export function archiveOf(from: DatabaseSchema, { archives }: Intents, table: string): Table | undefined {
  const archive = archives.find((item) => item.table === table)?.archive;
  return archive === undefined ? undefined : find(from.tables, archive);
}

/** Whether a deleted row may lack a value that it needs to come back. */
export function mayLack(archive: LiveTable, live: LiveTable, name: string): boolean {
  const next = find(live.next.columns, name);
  if (next?.notNull !== true || next.generated !== undefined) return false;
  return find(archive.old.columns, name) === undefined || find(live.old.columns, name)?.notNull === false;
}

/** What deleted rows get that lack a value: the default that others get, or what the database computed so far. */
export function archivedValue(archive: LiveTable, live: LiveTable, name: string): string | undefined {
  const [old, next] = [find(live.old.columns, name), find(live.next.columns, name)];
  const computed = old?.generated?.expression;
  const isReadable = computed !== undefined && readsKeptAlone(archive, live, computed);
  if (find(archive.old.columns, name) === undefined && isReadable) return computed;
  return mayLack(archive, live, name) ? next?.default : undefined;
}

/** Whether all that an expression reads is kept, before and after, as the same kind of value. */
function readsKeptAlone(archive: LiveTable, live: LiveTable, expression: string): boolean {
  const names = sqlNames(expression);
  return live.old.columns
    .filter(({ name }) => names.has(name))
    .every(({ name }) => areAlike(find(archive.old.columns, name), find(archive.next.columns, name)));
}

function areAlike(a: Column | undefined, b: Column | undefined): boolean {
  return a !== undefined && b !== undefined && sameValue(a.type, b.type);
}
