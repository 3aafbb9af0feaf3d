import type { App } from '../../model/app.ts';
import type { SqlPlace } from './sql-writer.ts';

/** Where `record` is spelled like this: `new`, an alias; empty for bare columns. */
export function sqlPlace(app: App, record: string): SqlPlace {
  return { schema: app.database.schema, tables: tablesOf(app), record };
}

/** Where Postgres takes immutable functions only, and columns stand bare. */
export function immutablePlace(app: App): SqlPlace {
  return { ...sqlPlace(app, ''), immutable: true };
}

const tables = new WeakMap<App, ReadonlyMap<string, string>>();

function tablesOf(app: App): ReadonlyMap<string, string> {
  const known = tables.get(app) ?? new Map(app.entities.map(({ name, names }) => [name, names.table]));
  tables.set(app, known);
  return known;
}
