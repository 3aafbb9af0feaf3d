import type { Database, Session } from '../database/database.ts';
import { asRunner } from './as-runner.ts';
import { compareWithLedger, type Progress } from './compare-with-ledger.ts';
import { MigrationFailed } from './errors.ts';
import { forgetLeft, keepLeft, refuseDrift } from './left-catalogue.ts';
import { createLedger, readLedger, recordStep } from './ledger.ts';
import type { MigrateOptions, MigrateResult, Migration } from './migration.ts';
import { orderMigrations } from './order-migrations.ts';
import type { Step } from './parse-steps.ts';
import { isAtomic, runStep } from './run-step.ts';
import { schemaOf } from './schema-of.ts';
import { stepsOf } from './steps-of.ts';
import { watchIndexBuild } from './watch-index-build.ts';

/** How often a step that could not get its locks is tried. */
export const ATTEMPTS = 10;

/**
 * Brings a database to the last of `migrations`, resuming where an earlier run stopped. Needs a direct
 * connection as the owner of the tables: behind a transaction pooler the lock would leak.
 *
 * @throws MigrationRefused, MigrationFailed, MigrationLocked, SchemaDrifted, TransactionPooler; DatabaseUnavailable where no connection could be had
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
  options: MigrateOptions = {},
): Promise<MigrateResult> {
  const ordered = orderMigrations(migrations);
  if (ordered.length === 0) return { applied: [] };
  const schema = schemaOf(ordered);
  return asRunner(database, schema, options, (session) => runPending({ database, session, schema, options }, ordered));
}

/** What a run works with. */
interface Run {
  readonly database: Database;
  readonly session: Session;
  readonly schema: string;
  readonly options: MigrateOptions;
}

type Pending = Progress & { readonly steps: readonly Step[] };

async function runPending(run: Run, ordered: readonly Migration[]): Promise<MigrateResult> {
  const { session, schema, options } = run;
  const progress = compareWithLedger(ordered, await readLedger(session, schema));
  const pending = progress
    .filter(({ finished, adopts }) => !finished || adopts !== undefined)
    .map((item) => ({ ...item, steps: stepsOf(item.migration) }));
  const last = pending.at(-1);
  if (last === undefined) return { applied: [] };
  await createLedger(session, schema);
  // What stopped half-way is not what the one before it left.
  if (pending.every(({ begun }) => !begun)) {
    await refuseDrift(session, schema, options.unmanaged ?? []);
  }
  await forgetLeft(session, schema);
  for (const item of pending) await (item.adopts === undefined ? runMigration(run, item) : adopt(run, item));
  await keepLeft(session, schema, ordered.at(-1)?.id ?? last.migration.id);
  return { applied: pending.filter(({ adopts }) => adopts === undefined).map(({ migration }) => migration.id) };
}

/** It ran before a rebase, under its older name: nothing of it is left to do. */
async function adopt({ session, options }: Run, { migration, steps, adopts = '' }: Pending): Promise<void> {
  await recordStep(session, migration, steps.length, steps.length);
  options.onEvent?.({ kind: 'adopted', id: migration.id, replaces: adopts });
}

async function runMigration(run: Run, { migration, finishedSteps, steps }: Pending): Promise<void> {
  const { id } = migration;
  for (const step of steps.slice(finishedSteps)) {
    run.options.onEvent?.({ kind: 'step', id, step: step.number, steps: steps.length });
    try {
      await runWatched(run, migration, step, steps.length);
    } catch (error) {
      throw new MigrationFailed(id, step.number, error, step.number === 1 && isAtomic(step));
    }
  }
  run.options.onEvent?.({ kind: 'applied', id });
}

async function runWatched(
  { database, session, options }: Run,
  migration: Migration,
  step: Step,
  steps: number,
): Promise<void> {
  const { onEvent, attempts = ATTEMPTS } = options;
  const place = { id: migration.id, step: step.number };
  const build = step.transaction
    ? undefined
    : await watchIndexBuild(database, session, (progress) => onEvent?.({ kind: 'index', ...place, ...progress }));
  try {
    await runStep(session, {
      migration,
      step,
      steps,
      attempts,
      onRetry: (attempt) => onEvent?.({ kind: 'retry', ...place, attempt }),
      onRows: (rows) => onEvent?.({ kind: 'rows', ...place, rows }),
    });
  } finally {
    build?.stop();
  }
}
