import { DatabaseError } from '../database/errors.ts';
import { Problem, type ProblemError } from '../http/problem.ts';
import type { ConstraintMeaning } from './constraint-meaning.ts';
import type { Body } from './repository-definition.ts';

/** Most errors of one answer. */
const MAX_ERRORS = 100;

/**
 * Tells which of a list of ids lead to no row: only who has the body at hand knows their places. Any other error is
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
  const isUnknown = unknownIn(error.report().detail ?? '');
  const errors = ids.flatMap((id, index): readonly ProblemError[] =>
    isUnknown(String(id)) ? [{ pointer: `/${key}/${index}`, code: 'reference', detail: 'points to no row' }] : [],
  );
  if (errors.length === 0) throw error;
  throw new Problem(422, {
    detail: 'A row that this one points to does not exist.',
    errors: errors.slice(0, MAX_ERRORS),
  });
}

/**
 * The trigger of a list names all ids that lead to no row. Of a row that goes at the same time Postgres itself tells:
 * it quotes the key that it did not find, whatever language it speaks.
 */
function unknownIn(detail: string): (id: string) => boolean {
  const named = new Set(detail.split(','));
  return (id) => named.has(id) || detail.includes(`=(${id})`);
}
