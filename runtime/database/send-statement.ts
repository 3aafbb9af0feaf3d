import type { ClientBase } from 'pg';
import type { Statement } from './database.ts';
import { atEndOfTick } from './end-of-tick.ts';
import { normalizeQueryError } from './postgres-errors.ts';
import { TextQuery, type Answer } from './text-query.ts';

/**
 * Puts statements on a connection, together and in one transaction; `prepare` keeps their prepared form there, of
 * those that have a name. Answers in their order, together with all that was answered in the same tick.
 */
export async function sendStatements(
  client: ClientBase,
  statements: readonly Statement[],
  prepare: boolean,
): Promise<readonly Answer[]> {
  return new Promise((resolve, reject) => {
    const settle = {
      resolve: (answers: readonly Answer[]) => atEndOfTick(() => resolve(answers)),
      reject: (error: unknown) => reject(normalizeQueryError(error)),
    };
    client.query(new TextQuery(statements, prepare, settle));
  });
}
