import type { Database } from '../database/database.ts';
import { compareWithLedger } from './compare-with-ledger.ts';
import { readLedger } from './ledger.ts';
import type { Migration, MigrationStatus } from './migration.ts';
import { orderMigrations } from './order-migrations.ts';

/** Migrations that a database has not finished, whatever else it has run. */
export async function missingMigrations(
  database: Database,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  const ordered = orderMigrations(migrations);
  const [first] = ordered;
  if (first === undefined) return [];
  const ledger = await readLedger(database, first.schema);
  const finished = new Set(ledger.filter((entry) => entry.finished).map(({ id }) => id));
  return ordered
    .filter(({ id, replaces = [] }) => ![id, ...replaces].some((name) => finished.has(name)))
    .map(({ id }) => id);
}

/**
 * Where a database stands; changes nothing and takes no lock.
 *
 * @throws MigrationRefused where migrations and database do not fit together; DatabaseUnavailable
 */
export async function migrationStatus(database: Database, migrations: readonly Migration[]): Promise<MigrationStatus> {
  const ordered = orderMigrations(migrations);
  const [first] = ordered;
  if (first === undefined) return { applied: [], pending: [] };
  const ledger = await readLedger(database, first.schema);
  const progress = compareWithLedger(ordered, ledger);
  const pending = progress.filter(({ finished }) => !finished);
  const begun = pending.find((item) => item.begun);
  const steps = ledger.find(({ id }) => id === begun?.migration.id)?.steps ?? 0;
  return {
    applied: progress.filter(({ finished }) => finished).map(({ migration }) => migration.id),
    pending: pending.map(({ migration }) => migration.id),
    ...(begun && { partial: { id: begun.migration.id, finishedSteps: begun.finishedSteps, steps, rows: begun.rows } }),
  };
}
