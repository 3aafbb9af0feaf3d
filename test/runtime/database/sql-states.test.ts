import { expect, test } from 'vitest';
import { DatabaseError, DatabaseUnavailable, errorFromReport } from '../../../runtime/database/errors.ts';
import { problemOfError } from '../../../runtime/http/problem-of-error.ts';

/** A state of Postgres, and what a caller is answered when no handler knew better. */
const UNAVAILABLE: readonly (readonly [state: string, reason: DatabaseUnavailable['reason']])[] = [
  ['08000', 'connection'],
  ['08006', 'connection'],
  ['08P01', 'connection'],
  ['57P01', 'connection'],
  ['57P02', 'connection'],
  ['57P03', 'connection'],
  ['58030', 'connection'],
  ['25006', 'connection'],
  ['53100', 'capacity'],
  ['53200', 'capacity'],
  ['53300', 'capacity'],
  ['57014', 'timeout'],
  ['55P03', 'timeout'],
  ['25P03', 'timeout'],
];

test.each(UNAVAILABLE)('SQLSTATE %s is 503 with Retry-After: %s', (code, reason) => {
  const error = errorFromReport({ code, message: 'a secret value' });
  expect(error).toBeInstanceOf(DatabaseUnavailable);
  expect(error).toMatchObject({ reason, code });
  expect(problemOfError(error)).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
});

const HINTED = [
  ['42501', 'permission denied for table pets: app/docs/server_login.sql'],
  ['42P05', 'DATABASE_PREPARE=off'],
] as const;

test.each(HINTED)('SQLSTATE %s says in the log what an operator can do', (code, words) => {
  const error = errorFromReport({ code, message: 'permission denied for table pets' });
  expect(error.message).toContain(words);
});

test('a prepared statement of which a type was made anew is prepared again', () => {
  expect(errorFromReport({ code: 'XX000', message: 'cache lookup failed for type 21656' })).toMatchObject({
    kind: 'stalePlan',
  });
});

const REFUSED: readonly (readonly [state: string, status: number])[] = [
  ['23505', 409],
  ['23P01', 409],
  ['23503', 409],
  ['23001', 409],
  ['23514', 422],
  ['23502', 422],
  ['22021', 422],
  ['22P02', 422],
  ['40001', 503],
  ['40P01', 503],
  ['26000', 503],
  ['42P01', 500],
  ['XX000', 500],
];

test.each(REFUSED)('SQLSTATE %s is %d where no handler knew better', (code, status) => {
  const error = errorFromReport({ code, message: 'a secret value' });
  expect(error).toBeInstanceOf(DatabaseError);
  const problem = problemOfError(error);
  expect(problem.status).toBe(status);
  expect(`${problem.detail} ${problem.message}`).not.toContain('secret');
});
