import { DatabaseError } from '../database/errors.ts';
import { Problem, type ProblemError } from '../http/problem.ts';
import type { ConstraintMeaning } from './repository-definition.ts';

/**
 * What a refused statement means to the caller: a unique that is taken or a state that may not
 * follow is 409, a link to nothing is 422. Anything else is rethrown for the error handler.
 */
export function writeProblem(error: unknown, constraints: Readonly<Record<string, ConstraintMeaning>>): unknown {
  if (!(error instanceof DatabaseError)) return error;
  const meaning = error.constraint === undefined ? undefined : constraints[error.constraint];
  if (meaning !== undefined) return problemOf(meaning);
  switch (error.kind) {
    case 'unique':
    case 'exclusion':
      return new Problem(409, { detail: 'Another row already has these values.' });
    case 'foreignKey':
      return new Problem(422, { detail: 'A row that this one points to does not exist.' });
    case 'check':
    case 'notNull':
    case 'invalidText':
      return new Problem(422, { detail: 'The database refused a value.' });
    default:
      return error;
  }
}

/** A delete that rows of other tables stand against. */
export function deleteProblem(error: unknown): unknown {
  if (!(error instanceof DatabaseError) || error.kind !== 'foreignKey') return error;
  return new Problem(409, { detail: 'Other rows still point to this one.', errors: [], code: 'referenced' });
}

function problemOf([kind, ...keys]: ConstraintMeaning): Problem {
  switch (kind) {
    case 'unique':
      return new Problem(409, {
        detail: 'Another row already has these values.',
        errors: errorsAt(keys, 'unique', 'is taken'),
      });
    case 'reference':
      return new Problem(422, {
        detail: 'A row that this one points to does not exist.',
        errors: errorsAt(keys, 'reference', 'points to no row'),
      });
    case 'transition':
      return transitionProblem(errorsAt(keys, 'transition', 'may not follow the present state'));
    default:
      return kind satisfies never;
  }
}

/** A state that may not follow the present one. */
export function transitionProblem(errors: readonly ProblemError[]): Problem {
  return new Problem(409, { detail: 'The present state does not allow this change.', errors });
}

function errorsAt(keys: readonly string[], code: string, detail: string): readonly ProblemError[] {
  return keys.map((key) => ({ pointer: `/${key}`, code, detail }));
}
