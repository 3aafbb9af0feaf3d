import { DatabaseError } from './errors.ts';

/** How often a change is tried in all that waited for another one in a circle, which Postgres takes a second to see. */
const ATTEMPTS = 5;
/** How often one that came too early or too late: what it linked to was put there while it was written. */
const QUICK_ATTEMPTS = 10;
/** Longest wait before the second attempt, in milliseconds; doubled with each of the first. */
const FIRST_WAIT = 8;

/**
 * Does again what Postgres ended because it and another transaction waited for each other. Only for work that
 * is one statement, or one transaction: nothing of it has happened then. Attempts are counted from 1.
 */
export async function retryConflicts<T>(work: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.kind !== 'serialization') throw error;
      if (attempt >= (error.sqlState === '40001' ? QUICK_ATTEMPTS : ATTEMPTS)) throw error;
      await someTime(FIRST_WAIT * 2 ** Math.min(attempt, ATTEMPTS));
    }
  }
}

/** Of two that met once, one comes back later than the other. */
function someTime(most: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.random() * most);
  });
}
