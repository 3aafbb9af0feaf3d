import { DatabaseError as ServerError } from 'pg';
import { DatabaseError, DatabaseUnavailable, errorFromReport } from './errors.ts';

/** The error of a statement that was sent: the server's answer, a broken connection, or a fault of ours. */
export function normalizeQueryError(error: unknown): unknown {
  if (error instanceof ServerError) return errorFromServer(error);
  if (!(error instanceof Error)) return error;
  if (error.message === 'Query read timeout') return new DatabaseUnavailable('timeout');
  const code = systemCode(error);
  const isBroken = code !== undefined || BROKEN.some((words) => error.message.startsWith(words));
  return isBroken ? new DatabaseUnavailable('connection', code) : error;
}

/** The error of getting a connection: whatever it is, there is none. */
export function normalizeConnectError(error: unknown): DatabaseUnavailable {
  if (error instanceof ServerError) {
    const known = errorFromServer(error);
    return known instanceof DatabaseUnavailable ? known : new DatabaseUnavailable('connection', error.code);
  }
  if (!(error instanceof Error)) return new DatabaseUnavailable('connection');
  if (error.message.startsWith('Cannot use a pool after')) return new DatabaseUnavailable('closed');
  // The pool's words for: all connections stayed in use.
  if (error.message.startsWith('timeout exceeded')) return new DatabaseUnavailable('capacity');
  return new DatabaseUnavailable('connection', systemCode(error));
}

/** Whether a prepared statement no longer fits the schema; the statement did not run. */
export function isStalePlan(error: unknown): boolean {
  return error instanceof DatabaseError && error.kind === 'stalePlan';
}

/** A cancelled statement leaves its connection sound; a stale plan stays with the connection that prepared it. */
export function spoilsConnection(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return error.code !== '57014' && error.code !== '55P03';
  return isStalePlan(error);
}

/** `pg` gives these no code. */
const BROKEN = ['Connection terminated', 'Client has encountered a connection error', 'Client was closed'];

function errorFromServer(error: ServerError): Error {
  const { code = 'XX000', message, detail, hint, position, where, constraint, table, column, schema, routine } = error;
  return errorFromReport({ code, message, detail, hint, position, where, constraint, table, column, schema, routine });
}

/** `ECONNRESET`, `ENOTFOUND`, `CERT_HAS_EXPIRED`... */
function systemCode(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
