import { HTTPException } from 'hono/http-exception';
import { DatabaseError, DatabaseUnavailable, type DatabaseErrorKind } from '../database/errors.ts';
import { Problem } from './problem.ts';

/** The problem that any exception is to its caller. What nobody foresaw is a 500 that tells nothing. */
export function problemOfError(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HTTPException) return new Problem(error.status, { detail: error.message, cause: error });
  if (error instanceof DatabaseUnavailable) return unavailable(error);
  if (error instanceof DatabaseError) return problemOfKind(error);
  return unforeseen(error);
}

/** Seconds until another attempt is worth it. */
const RETRY_AFTER = '1';

function unavailable(cause: unknown): Problem {
  return new Problem(503, {
    detail: 'The database did not answer; try again.',
    headers: { 'retry-after': RETRY_AFTER },
    cause,
  });
}

function unforeseen(cause: unknown): Problem {
  return new Problem(500, { detail: 'The server failed; the log has more under this request id.', cause });
}

const KINDS: Readonly<Partial<Record<DatabaseErrorKind, readonly [status: number, detail: string]>>> = {
  unique: [409, 'Another row already has these values.'],
  exclusion: [409, 'Another row stands against these values.'],
  foreignKey: [409, 'The change would leave a reference to no row.'],
  check: [422, 'The database refused a value.'],
  notNull: [422, 'The database refused a value.'],
  invalidValue: [422, 'The database refused a value.'],
};

/** Of statements whose handler knew no better. */
function problemOfKind(error: DatabaseError): Problem {
  if (error.kind === 'serialization' || error.kind === 'stalePlan') return unavailable(error);
  const meaning = KINDS[error.kind];
  return meaning === undefined ? unforeseen(error) : new Problem(meaning[0], { detail: meaning[1], cause: error });
}
