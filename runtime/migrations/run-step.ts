import { setTimeout as delay } from 'node:timers/promises';
import type { Session } from '../database/database.ts';
import { DatabaseError, DatabaseUnavailable } from '../database/errors.ts';
import { recordStep } from './ledger.ts';
import type { Migration } from './migration.ts';
import type { Step } from './parse-steps.ts';

export interface StepRun {
  readonly migration: Migration;
  readonly step: Step;
  readonly steps: number;
  readonly attempts: number;
  readonly onRetry: (attempt: number) => void;
}

/**
 * Runs one step and notes it in the ledger: in the step's own transaction, or straight after a step
 * that may have none. A step that could not get its locks in time is tried again.
 */
export async function runStep(session: Session, run: StepRun): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await (run.step.transaction ? runInTransaction(session, run) : runAlone(session, run));
    } catch (error) {
      if (attempt >= run.attempts || !lostARace(error)) throw error;
      run.onRetry(attempt);
      await delay(Math.min(100 * 2 ** attempt, 5_000));
    }
  }
}

async function runInTransaction(session: Session, { migration, step, steps }: StepRun): Promise<void> {
  await session.script(`begin; set local lock_timeout = '${step.lockTimeout}'`);
  try {
    await session.script(step.sql);
    await recordStep(session, migration, step.number, steps);
    await session.script('commit');
  } catch (error) {
    // Where the connection is gone, so is the transaction.
    await session.script('rollback').catch(() => undefined);
    throw error;
  }
}

async function runAlone(session: Session, { migration, step, steps }: StepRun): Promise<void> {
  await session.script(`set lock_timeout = '${step.lockTimeout}'`);
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
