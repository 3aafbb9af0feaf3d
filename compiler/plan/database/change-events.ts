import type { App } from '../../model/app.ts';
import type { TriggerEvent } from './database-schema.ts';

/** Updates that may change one of these columns. What the database sets itself is not named by the statement that causes it. */
export function changeEvents(app: App, entity: string, columns: readonly string[]): readonly TriggerEvent[] {
  const fields = app.entities.find(({ name }) => name === entity)?.fields ?? [];
  const read = columns.filter((column) => column !== 'id' && column !== 'created_at');
  if (read.length === 0) return [];
  const isMade = read.some(
    (column) =>
      column === 'updated_at' || fields.some((field) => field.column === column && field.computed !== undefined),
  );
  return [isMade ? { on: 'update' } : { on: 'update', columns: read.toSorted() }];
}
