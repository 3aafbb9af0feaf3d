import type { DatabaseSchema } from '../../database/database-schema.ts';

/** Names of indexes, those of keys too, that one object leaves and another takes in the same migration. */
export function contestedNames(from: DatabaseSchema, to: DatabaseSchema): ReadonlySet<string> {
  const [old, next] = [relations(from), relations(to)];
  return new Set([...next].filter(([name, place]) => old.has(name) && old.get(name) !== place).map(([name]) => name));
}

/** Where each index stands. */
function relations(schema: DatabaseSchema): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const { name: table, constraints, indexes } of schema.tables) {
    for (const { name } of indexes) places.set(name, `index of ${table}`);
    for (const { name, kind } of constraints) {
      if (kind === 'primaryKey' || kind === 'unique' || kind === 'exclusion') places.set(name, `key of ${table}`);
    }
  }
  return places;
}
