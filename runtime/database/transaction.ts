import type { Executor, Statement } from './database.ts';
import { DatabaseError } from './errors.ts';
import { guardedExecutor, type Execute } from './guarded-executor.ts';
import { whileHeld } from './hold.ts';

/**
 * Commits when `work` resolves, rolls back when it rejects. It begins together with the first statement, which
 * saves a round trip. A commit of a transaction in which a statement failed is a rollback that Postgres reports
 * as success: here it is an error.
 */
export async function runTransaction<T>(execute: Execute, work: (transaction: Executor) => Promise<T>): Promise<T> {
  let isBegun = false;
  const send: Execute = async (statements) => {
    if (isBegun) return execute(statements);
    isBegun = true;
    return (await execute([BEGIN, ...statements])).slice(1);
  };
  let value: T;
  try {
    value = await whileHeld((guard) => work(guardedExecutor(guard, send)));
  } catch (error) {
    // A connection that cannot even roll back is spoilt, and its owner drops it.
    if (isBegun) await execute([ROLLBACK]).catch(() => undefined);
    throw error;
  }
  if (!isBegun) return value;
  const [answer] = await execute([COMMIT]);
  if (answer?.command !== 'COMMIT') throw new DatabaseError(ABORTED);
  return value;
}

const BEGIN: Statement = { text: 'begin', values: [] };
const COMMIT: Statement = { text: 'commit', values: [] };
const ROLLBACK: Statement = { text: 'rollback', values: [] };

const ABORTED = {
  code: '25P02',
  message: 'a statement of the transaction failed and its error was swallowed; nothing was committed',
} as const;
