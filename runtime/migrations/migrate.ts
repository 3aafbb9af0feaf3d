import type { Database, Session } from '../database/database.ts';
import { compareWithLedger, type Progress } from './compare-with-ledger.ts';
import { MigrationFailed, MigrationRefused } from './errors.ts';
import { createLedger, readLedger } from './ledger.ts';
import type { MigrateOptions, MigrateResult, Migration } from './migration.ts';
import { orderMigrations } from './order-migrations.ts';
import { parseSteps, StepError, type Step } from './parse-steps.ts';
import { runStep } from './run-step.ts';
import { withRunnerLock } from './runner-lock.ts';

const LOCK_WAIT = 60_000;
const ATTEMPTS = 10;

/**
 * Brings a database to the last of `migrations`, resuming where an earlier run stopped. Needs a direct
 * connection as the owner of the tables: behind a transaction pooler the lock would leak.
 *
 * @throws MigrationRefused, MigrationFailed, MigrationLocked; DatabaseUnavailable where no connection could be had
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
  options: MigrateOptions = {},
): Promise<MigrateResult> {
  const ordered = orderMigrations(migrations);
  const [first] = ordered;
  if (first === undefined) return { applied: [] };
  const schema = oneSchema(ordered);
  const onWait = (): void => options.onEvent?.({ kind: 'waiting-for-lock' });
  const wait = { milliseconds: options.lockWait ?? LOCK_WAIT, onWait };
  return database.session((session) =>
    withRunnerLock(session, schema, wait, async () => {
      await session.script(SESSION);
      return runPending(session, ordered, options);
    }),
  );
}

/** Names resolve to nothing but Postgres' own; a row that row security would hide is an error, not a row that is skipped. */
const SESSION = "set search_path = ''; set row_security = off; set client_min_messages = warning";

async function runPending(
  session: Session,
  ordered: readonly Migration[],
  options: MigrateOptions,
): Promise<MigrateResult> {
  const schema = oneSchema(ordered);
  const progress = compareWithLedger(ordered, await readLedger(session, schema));
  const pending = progress
    .filter(({ finished }) => !finished)
    .map((item) => ({ ...item, steps: stepsOf(item.migration) }));
  if (pending.length > 0) await createLedger(session, schema);
  for (const item of pending) await runMigration(session, item, options);
  return { applied: pending.map(({ migration }) => migration.id) };
}

async function runMigration(
  session: Session,
  { migration, finishedSteps, steps }: Progress & { readonly steps: readonly Step[] },
  { onEvent, attempts = ATTEMPTS }: MigrateOptions,
): Promise<void> {
  const { id } = migration;
  for (const step of steps.slice(finishedSteps)) {
    onEvent?.({ kind: 'step', id, step: step.number, steps: steps.length });
    const onRetry = (attempt: number): void => onEvent?.({ kind: 'retry', id, step: step.number, attempt });
    try {
      await runStep(session, { migration, step, steps: steps.length, attempts, onRetry });
    } catch (error) {
      throw new MigrationFailed(id, step.number, error);
    }
  }
  onEvent?.({ kind: 'applied', id });
}

function stepsOf(migration: Migration): readonly Step[] {
  try {
    return parseSteps(migration.sql);
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    throw new MigrationRefused('damaged', migration.id, `${migration.id}.sql cannot be read: ${error.message}`);
  }
}

function oneSchema(migrations: readonly Migration[]): string {
  const schema = migrations[0]?.schema ?? 'public';
  const other = migrations.find((migration) => migration.schema !== schema);
  if (other === undefined) return schema;
  throw new MigrationRefused(
    'damaged',
    other.id,
    `${other.id} is of the schema ${other.schema}, not of ${schema}; restore it from version control`,
  );
}
