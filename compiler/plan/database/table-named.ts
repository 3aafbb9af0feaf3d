import type { DatabaseSchema, Table } from './database-schema.ts';

type Tables = DatabaseSchema['tables'];

/** The table of a name. Tables of a schema are frozen data: each of thousands asks for its own, so that they are sorted by name once. */
export function tableNamed(tables: Tables, name: string): Table | undefined {
  const known = BY_NAME.get(tables) ?? new Map(tables.map((table) => [table.name, table]));
  BY_NAME.set(tables, known);
  return known.get(name);
}

const BY_NAME = new WeakMap<Tables, ReadonlyMap<string, Table>>();
