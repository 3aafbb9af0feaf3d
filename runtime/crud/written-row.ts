import type { Executor, Result, Statement } from '../database/database.ts';
import type { StoredRow } from './repository-definition.ts';

/** What is sent together with a write. */
export interface Beside {
  /** Holds what is to be held first. */
  readonly holds?: readonly Statement[];
  /** Finds the row after the write, where what that leads to may come back to it. */
  readonly look: Statement | undefined;
}

/**
 * The row that a write returns, or the one that the `look` finds: nobody else can have changed it in between.
 * `undefined` when the write matched none.
 */
export async function writtenRow(
  on: Executor,
  write: Statement,
  { holds = [], look }: Beside,
): Promise<StoredRow | undefined> {
  if (look === undefined && holds.length === 0) return (await on.query(write)).rows[0];
  const results = await on.batch([...holds, write, ...(look ? [look] : [])]);
  const [written, seen] = results.slice(holds.length);
  return written?.rows[0] && (seen?.rows[0] ?? written.rows[0]);
}

/** What a statement answers that is sent together with those that hold what is to be held first. */
export async function afterHolds(on: Executor, holds: readonly Statement[], statement: Statement): Promise<Result> {
  if (holds.length === 0) return on.query(statement);
  const results = await on.batch([...holds, statement]);
  return results.at(-1) ?? { rows: [], rowCount: 0 };
}
