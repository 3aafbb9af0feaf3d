import { MigrationRefused } from './errors.ts';
import type { LedgerEntry } from './ledger.ts';
import type { Migration } from './migration.ts';

/** One migration and how far a database got with it. */
export interface Progress {
  readonly migration: Migration;
  readonly finished: boolean;
  /** Steps that are done. */
  readonly finishedSteps: number;
}

/**
 * Lays the ledger beside the ordered migrations.
 *
 * @throws MigrationRefused where the database ran something else
 */
export function compareWithLedger(ordered: readonly Migration[], ledger: readonly LedgerEntry[]): readonly Progress[] {
  for (const entry of ledger) refuseUnknown(entry, ordered);
  const progress = ordered.map((migration) => {
    const entry = ledger.find(({ id }) => id === migration.id);
    return { migration, finished: entry?.finished ?? false, finishedSteps: entry?.step ?? 0 };
  });
  const gap = progress.findIndex(({ finished }) => !finished);
  const late = gap < 0 ? undefined : progress.slice(gap + 1).find(({ finishedSteps }) => finishedSteps > 0);
  if (late === undefined) return progress;
  throw new MigrationRefused(
    'broken-chain',
    late.migration.id,
    `the database has run ${late.migration.id} but not ${progress[gap]?.migration.id}, which comes before it; restore the migrations that it was migrated with`,
  );
}

function refuseUnknown(entry: LedgerEntry, ordered: readonly Migration[]): void {
  const migration = ordered.find(({ id }) => id === entry.id);
  if (migration === undefined) {
    throw new MigrationRefused(
      'unknown-applied',
      entry.id,
      `the database has run ${entry.id}, and migrations/ lacks it: it was a draft that a build has replaced, or belongs to another branch; go back to it, or begin with a new database (remove .data where it is the embedded one)`,
    );
  }
  if (migration.sha256 === entry.sha256) return;
  throw new MigrationRefused(
    'changed-since-applied',
    entry.id,
    `${entry.id}.sql is not what the database ran: its SHA-256 is ${migration.sha256}, the database has ${entry.sha256}; restore the file`,
  );
}
