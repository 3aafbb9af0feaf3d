import { MigrationRefused } from './errors.ts';
import type { Migration } from './migration.ts';

/**
 * Migrations in the order of the parent chain, never of time or name.
 *
 * @throws MigrationRefused where two continue one, or a parent is missing
 */
export function orderMigrations(migrations: readonly Migration[]): readonly Migration[] {
  const children = new Map<string | undefined, Migration>();
  for (const migration of migrations) {
    const other = children.get(migration.parent);
    if (other !== undefined) throw twoHeads(other, migration);
    children.set(migration.parent, migration);
  }
  const ordered: Migration[] = [];
  for (let next = children.get(undefined); next !== undefined; next = children.get(next.id)) ordered.push(next);
  const stray = migrations.find((migration) => !ordered.includes(migration));
  if (stray === undefined) return ordered;
  throw new MigrationRefused(
    'broken-chain',
    stray.id,
    `migration ${stray.id} continues ${stray.parent}, which is not reached from the first migration; restore what is missing between them`,
  );
}

function twoHeads(a: Migration, b: Migration): MigrationRefused {
  const [first, second] = [a.id, b.id].toSorted();
  const place = a.parent === undefined ? 'begin the history' : `continue ${a.parent}`;
  return new MigrationRefused(
    'broken-chain',
    second ?? b.id,
    `migrations ${first} and ${second} both ${place}: two heads; run supercompile migrate rebase, then build`,
  );
}
