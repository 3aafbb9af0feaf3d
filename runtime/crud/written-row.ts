import type { Executor, Statement } from '../database/database.ts';
import type { StoredRow } from './repository-definition.ts';

/**
 * The row that a write returns; where what the write leads to may come back to it, the row that a `look` sent together
 * with it finds: nobody else can have changed it in between. `undefined` when the write matched none.
 */
export async function writtenRow(
  on: Executor,
  write: Statement,
  look: Statement | undefined,
): Promise<StoredRow | undefined> {
  if (look === undefined) return (await on.query(write)).rows[0];
  const [written, seen] = await on.batch([write, look]);
  return written?.rows[0] && (seen?.rows[0] ?? written.rows[0]);
}
