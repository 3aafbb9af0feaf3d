import { setTimeout as delay } from 'node:timers/promises';
import type { Session } from '../database/database.ts';
import { DatabaseError, DatabaseUnavailable } from '../database/errors.ts';
import { recordBatch, recordBegin, recordStep } from './ledger.ts';
import type { Migration } from './migration.ts';
import { pathSql } from './search-path.ts';
import type { Step } from './parse-steps.ts';

/** Milliseconds. */
const TELL_EVERY = 1_000;

export interface StepRun {
  readonly migration: Migration;
  readonly step: Step;
  readonly steps: number;
  readonly attempts: number;
  readonly onRetry: (attempt: number) => void;
  /** Told once a second, and at the end, how many rows a batched step has changed so far. */
  readonly onRows: (rows: number) => void;
}

/**
 * Runs one step and notes it in the ledger: in the step's own transaction, or straight after a step
 * that may have none. A step that could not get its locks in time is tried again.
 */
export async function runStep(session: Session, run: StepRun): Promise<void> {
  if (run.step.number === 1 && !isAtomic(run.step)) await recordBegin(session, run.migration, run.steps);
  if (run.step.batch !== undefined) return runBatches(session, run);
  await insist(run, () => (run.step.transaction ? runInTransaction(session, run) : runAlone(session, run)));
}

/** Whether a step is done as a whole or not at all. */
export function isAtomic({ transaction, batch }: Step): boolean {
  return transaction && batch === undefined;
}

/** Tries again, later each time, what lost a race for a lock. */
export async function insist<T>(
  { attempts, onRetry }: Pick<StepRun, 'attempts' | 'onRetry'>,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= attempts || !lostARace(error)) throw error;
      onRetry(attempt);
      await delay(Math.min(100 * 2 ** attempt, 5_000));
    }
  }
}

async function runInTransaction(session: Session, { migration, step, steps }: StepRun): Promise<void> {
  await inTransaction(session, step, async () => {
    await session.script(step.sql);
    await recordStep(session, migration, step.number, steps);
  });
}

/**
 * Runs the statement batch by batch, each committed with what the ledger knows of it: whenever it is stopped, the
 * rows that were changed stay changed and no longer match.
 */
async function runBatches(session: Session, run: StepRun): Promise<void> {
  let told = performance.now();
  let rows = 0;
  for (;;) {
    const changed = await insist(run, () => runBatch(session, run));
    if (changed === undefined) break;
    rows = changed;
    if (performance.now() - told < TELL_EVERY) continue;
    told = performance.now();
    run.onRows(rows);
  }
  if (rows > 0) run.onRows(rows);
}

/** Rows changed so far; undefined once there was none to change, and the step is done. */
async function runBatch(session: Session, { migration, step, steps }: StepRun): Promise<number | undefined> {
  return inTransaction(session, step, async () => {
    const { rowCount } = await session.query({ text: step.sql, values: [] });
    if (rowCount > 0) return recordBatch(session, migration, { done: step.number - 1, steps, rows: rowCount });
    await recordStep(session, migration, step.number, steps);
    return undefined;
  });
}

/** One transaction that waits for locks no longer than the step says. */
export async function inTransaction<T>(session: Session, step: Step, work: () => Promise<T>): Promise<T> {
  await session.script(`begin; set local lock_timeout = '${step.lockTimeout}'; ${pathSql(step.extension)}`);
  try {
    const value = await work();
    await session.script('commit');
    return value;
  } catch (error) {
    // Where the connection is gone, so is the transaction.
    await session.script('rollback').catch(() => undefined);
    throw error;
  }
}

async function runAlone(session: Session, { migration, step, steps }: StepRun): Promise<void> {
  await session.script(`set lock_timeout = '${step.lockTimeout}'; ${pathSql(step.extension)}`);
  if (step.invalidIndex !== undefined) await dropInvalidIndex(session, step.invalidIndex);
  await session.script(step.sql);
  await recordStep(session, migration, step.number, steps);
}

/** A concurrent build that failed leaves an index that is maintained and never used. */
async function dropInvalidIndex(session: Session, index: string): Promise<void> {
  const { rows } = await session.query({
    text: 'select 1 from pg_catalog.pg_index where indexrelid = pg_catalog.to_regclass($1) and not indisvalid',
    values: [index],
  });
  if (rows.length > 0) await session.script(`drop index concurrently ${index}`);
}

/** Lock not had in time, or given up to break a deadlock. */
function lostARace(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return error.code === '55P03';
  return error instanceof DatabaseError && error.sqlState === '40P01';
}
