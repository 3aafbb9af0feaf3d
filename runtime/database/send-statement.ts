import type { ClientBase } from 'pg';
import type { Statement } from './database.ts';
import { normalizeQueryError } from './postgres-errors.ts';
import { TextQuery, type Answer } from './text-query.ts';

/** Puts a statement on a connection; `prepare` keeps its prepared form there, if it has a name. */
export async function sendStatement(client: ClientBase, statement: Statement, prepare: boolean): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = { resolve, reject: (error: unknown) => reject(normalizeQueryError(error)) };
    client.query(new TextQuery(statement, prepare, settle));
  });
}
