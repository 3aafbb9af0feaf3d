import type { Executor, Result, Statement } from './database.ts';
import { DatabaseError } from './errors.ts';
import { whileHeld } from './hold.ts';

/** Sends one statement of a held connection and tells which command it was. */
export type Execute = (statement: Statement) => Promise<{ readonly result: Result; readonly command: string }>;

/**
 * Commits when `work` resolves, rolls back when it rejects. A commit of a transaction in which a
 * statement failed is a rollback that Postgres reports as success: here it is an error.
 */
export async function runTransaction<T>(execute: Execute, work: (transaction: Executor) => Promise<T>): Promise<T> {
  await execute(BEGIN);
  let value: T;
  try {
    value = await whileHeld((guard) =>
      work({ query: (statement) => guard(async () => (await execute(statement)).result) }),
    );
  } catch (error) {
    // A connection that cannot even roll back is spoilt, and its owner drops it.
    await execute(ROLLBACK).catch(() => undefined);
    throw error;
  }
  const { command } = await execute(COMMIT);
  if (command !== 'COMMIT') throw new DatabaseError(ABORTED);
  return value;
}

const BEGIN: Statement = { text: 'begin', values: [] };
const COMMIT: Statement = { text: 'commit', values: [] };
const ROLLBACK: Statement = { text: 'rollback', values: [] };

const ABORTED = {
  code: '25P02',
  message: 'a statement of the transaction failed and its error was swallowed; nothing was committed',
} as const;
