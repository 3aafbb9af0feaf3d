import { DatabaseError } from '../database/errors.ts';
import { Problem } from '../http/problem.ts';
import type { Body, ConstraintMeaning } from './repository-definition.ts';

/**
 * Tells which of a list of ids leads to no row: only who has the body at hand knows its place. Any other error is
 * thrown as it is.
 *
 * @throws Problem 422
 */
export function throwUnknownLink(
  error: unknown,
  body: Body,
  constraints: Readonly<Record<string, ConstraintMeaning>>,
): never {
  if (!(error instanceof DatabaseError) || error.kind !== 'foreignKey') throw error;
  const [kind, key = ''] = constraints[error.constraint ?? ''] ?? [];
  const ids: unknown = body[key];
  if (kind !== 'reference' || !Array.isArray(ids)) throw error;
  // Postgres quotes the key that it did not find, whatever language it speaks.
  const id = UUID.exec(error.report().detail ?? '')?.[0];
  const index = ids.findIndex((one) => String(one).toLowerCase() === id);
  if (index < 0) throw error;
  throw new Problem(422, {
    detail: 'A row that this one points to does not exist.',
    errors: [{ pointer: `/${key}/${index}`, code: 'reference', detail: 'points to no row' }],
  });
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
