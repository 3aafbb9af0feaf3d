import type { History } from './history.ts';
import { readMigration } from './read-history.ts';

/** Ids of the sealed migrations that no other continues, in code-unit order: one, unless branches were merged. */
export function historyHeads(history: History): readonly string[] {
  const sealed = history.migrations.filter((migration) => migration.sealed);
  const records = sealed.map(readMigration).flatMap((item) => ('record' in item ? [item.record] : []));
  const parents = new Set(records.map(({ parent }) => parent));
  return records
    .map(({ id }) => id)
    .filter((id) => !parents.has(id))
    .toSorted();
}
