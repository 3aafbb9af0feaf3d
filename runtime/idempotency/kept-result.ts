import type { Text } from '../database/database.ts';
import type { HeaderRecord } from '../http/request-state.ts';

/** The answer of an operation, before it is one of HTTP: the body is JSON text. */
export interface Outcome {
  readonly status: number;
  /** Those that tell something about the outcome; what every answer has is not among them. */
  readonly headers: HeaderRecord;
  readonly body: string;
}

/**
 * An outcome as it is kept. Where the statement that made a row kept it as well, `body` is the row as an array of
 * raw text, its version first, and `columns` says how it is written as JSON: it needs nothing that a later
 * version of the backend might spell otherwise.
 */
export interface KeptResult extends Outcome {
  readonly columns: Text;
}
