import { MigrationRefused } from './errors.ts';
import type { LedgerEntry } from './ledger.ts';
import type { Migration } from './migration.ts';

/** One migration and how far a database got with it. */
export interface Progress {
  readonly migration: Migration;
  readonly finished: boolean;
  /** Something of it may be done: the ledger has it, under its own id. */
  readonly begun: boolean;
  /** Steps that are done. */
  readonly finishedSteps: number;
  /** Rows that the batches of the step after those have changed. */
  readonly rows: number;
  /** The id that the database ran it under, before a rebase; the ledger has not yet its own. */
  readonly adopts: string | undefined;
}

/**
 * Lays the ledger beside the ordered migrations.
 *
 * @throws MigrationRefused where the database ran something else
 */
export function compareWithLedger(ordered: readonly Migration[], ledger: readonly LedgerEntry[]): readonly Progress[] {
  const entries = new Map(ledger.map((entry) => [entry.id, entry]));
  refuseStrangers(ordered, ledger);
  const progress = ordered.map((migration) => progressOf(migration, entries));
  const gap = progress.findIndex(({ finished }) => !finished);
  // One that was run before a rebase may come after one that was not: they do not touch each other.
  const late = gap < 0 ? undefined : progress.slice(gap + 1).find(({ migration }) => entries.has(migration.id));
  if (late === undefined) return progress;
  throw new MigrationRefused(
    'broken-chain',
    late.migration.id,
    `the database has run ${late.migration.id} but not ${progress[gap]?.migration.id}, which comes before it: its ledger lost that, or the files are of another history; where the tables are what the migrations make, run supercompile migrate baseline, else restore the migrations that it was migrated with`,
  );
}

function progressOf(migration: Migration, entries: ReadonlyMap<string, LedgerEntry>): Progress {
  const own = entries.get(migration.id);
  const older = own === undefined ? replacedBy(migration, entries) : undefined;
  return {
    migration,
    finished: own?.finished ?? older !== undefined,
    begun: own !== undefined,
    finishedSteps: own?.step ?? 0,
    rows: own?.rows ?? 0,
    adopts: older?.id,
  };
}

function replacedBy(
  { id, replaces = [] }: Migration,
  entries: ReadonlyMap<string, LedgerEntry>,
): LedgerEntry | undefined {
  const [entry] = replaces.flatMap((older) => entries.get(older) ?? []).filter(hasDone);
  if (entry === undefined || entry.finished) return entry;
  throw new MigrationRefused(
    'half-replaced',
    id,
    `the database stopped at step ${entry.step} of ${entry.steps} of ${entry.id}, which ${id} now stands for; finish that one or take it back first, with the migrations of its branch: run supercompile migrate up or migrate down there`,
  );
}

/** At most an index that nothing uses is left of one that has done no step and changed no row: it is in nobody's way. */
function hasDone({ step, rows }: LedgerEntry): boolean {
  return step + rows > 0;
}

function refuseStrangers(ordered: readonly Migration[], ledger: readonly LedgerEntry[]): void {
  const migrations = new Map(ordered.map((migration) => [migration.id, migration]));
  const replaced = new Set(ordered.flatMap(({ replaces = [] }) => replaces));
  for (const entry of ledger) {
    const migration = migrations.get(entry.id);
    if (migration === undefined && !replaced.has(entry.id) && hasDone(entry)) throw unknown(entry);
    if (migration !== undefined && migration.sha256 !== entry.sha256) throw changed(entry, migration);
  }
}

function unknown({ id }: LedgerEntry): MigrationRefused {
  return new MigrationRefused(
    'unknown-applied',
    id,
    `the database has run ${id}, and migrations/ lacks it: it was a draft that a build has replaced, or a rebase left it out, or it belongs to another branch; after a rebase run supercompile migrate up, which makes what is missing; else go back to it, where migrate down may take it back, or begin with a new database (remove .data where it is the embedded one)`,
  );
}

function changed({ id, sha256 }: LedgerEntry, migration: Migration): MigrationRefused {
  return new MigrationRefused(
    'changed-since-applied',
    id,
    `${id}.sql is not what the database ran: its SHA-256 is ${migration.sha256}, the database has ${sha256}; restore the file`,
  );
}
