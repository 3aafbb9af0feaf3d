import type { App, Field } from '../../model/app.ts';
import { columnsRead } from '../expression/columns-read.ts';
import type { TriggerEvent } from './database-schema.ts';

/** Updates that may change one of these columns. */
export function changeEvents(app: App, entity: string, columns: readonly string[]): readonly TriggerEvent[] {
  const fields = app.entities.find(({ name }) => name === entity)?.fields ?? [];
  const set = new Set(columns.flatMap((column) => settersOf(fields, column)));
  const named = [...set].filter((column) => column !== 'id' && column !== 'created_at').toSorted();
  if (named.length === 0) return [];
  // Every update sets it, and none names it.
  return [named.includes('updated_at') ? { on: 'update' } : { on: 'update', columns: named }];
}

/**
 * Columns that an update names where it changes this one: what is computed changes with what it reads of its row, and
 * is named itself where other rows change it.
 */
function settersOf(fields: readonly Field[], column: string): readonly string[] {
  const computed = fields.find((field) => field.column === column)?.computed;
  if (computed === undefined) return [column];
  const own = columnsRead(computed.expression);
  return computed.reads === 'others' ? [column, ...own] : own;
}
