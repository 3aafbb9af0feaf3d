import { DatabaseError } from '../database/errors.ts';
import { Problem, type ProblemError } from '../http/problem.ts';
import type { ConstraintMeaning } from './constraint-meaning.ts';
import type { ComesBack } from './restore.ts';

/**
 * What a refused statement means to the caller: a unique that is taken, a state that may not follow or a
 * frozen row is 409, a link to nothing or a check that does not hold is 422, or 409 where it is one of a row that
 * was not written. Anything else is rethrown.
 */
export function writeProblem(
  error: unknown,
  constraints: Readonly<Record<string, ConstraintMeaning>>,
  isWritten: (id: string) => boolean = () => true,
): unknown {
  if (!(error instanceof DatabaseError)) return error;
  const meaning = constraints[refuserOf(error)];
  const row = refusedRow(error);
  if (row !== undefined && !isWritten(row)) {
    if (meaning?.[0] === 'check') return conflictProblem([meaning[1]]);
    if (meaning?.[0] === 'frozen') return conflictProblem(['frozen']);
  }
  if (meaning !== undefined) return problemOf(meaning);
  switch (error.kind) {
    case 'unique':
    case 'exclusion':
      return new Problem(409, { detail: 'Another row already has these values.' });
    case 'foreignKey':
      return new Problem(422, { detail: 'A row that this one points to does not exist.' });
    case 'check':
    case 'notNull':
    case 'invalidValue':
      // A rule that this code does not know by its name is one of fields, or of a newer migration.
      return new Problem(422, {
        detail: `The database refused a value${error.constraint === undefined ? '' : ` by its rule ${error.constraint}`}.`,
      });
    default:
      return error;
  }
}

/** A delete that the row itself or rows of other tables stand against. */
export function deleteProblem(
  error: unknown,
  constraints: Readonly<Record<string, ConstraintMeaning>>,
  isDeleted: (id: string) => boolean,
): unknown {
  if (!(error instanceof DatabaseError)) return error;
  const [kind, ...keys] = constraints[refuserOf(error)] ?? [];
  const row = refusedRow(error);
  if (kind === 'frozen') return row === undefined || isDeleted(row) ? frozenProblem() : conflictProblem(['frozen']);
  if (kind === 'check') return conflictProblem(keys.slice(0, 1));
  if (kind === 'conflict') return conflictProblem(keys.slice(0, 2));
  if (kind === 'farOverflow') return farOverflowProblem(keys);
  if (kind === 'overflow') return farOverflowProblem([]);
  if (error.kind === 'check') return conflictProblem([]);
  if (error.kind !== 'foreignKey') return error;
  if (kind === 'held') return heldProblem(keys);
  return heldProblem(kind === 'reference' ? ['its own kind', ...keys] : []);
}

/** The id of the row that a check does not hold for, where it is one that is looked at when the transaction commits, or that is frozen. */
export function refusedRow(error: unknown): string | undefined {
  if (!(error instanceof DatabaseError) || error.kind !== 'check') return undefined;
  const { detail, routine } = error.report();
  // Those of the table itself quote the whole row.
  return routine === 'exec_stmt_raise' ? detail : undefined;
}

/** The id of the row that others keep from being deleted, where that is unique among all tables. */
export function heldRow(error: unknown): string | undefined {
  if (!(error instanceof DatabaseError) || error.kind !== 'foreignKey') return undefined;
  return /\(id\)=\(([\da-f-]{36})\)/.exec(error.report().detail ?? '')?.[1];
}

/** What has refused a statement, as meanings name it. */
function refuserOf({ kind, constraint, table, column, sqlState }: DatabaseError): string {
  return constraint ?? (kind === 'notNull' ? `${table}.${column}` : sqlState);
}

function problemOf([kind, ...keys]: ConstraintMeaning): Problem {
  switch (kind) {
    case 'check':
      return checkProblem(keys);
    case 'conflict':
      return conflictProblem(keys);
    case 'frozen':
      return frozenProblem();
    case 'held':
      return heldProblem(keys);
    case 'unique':
      return new Problem(409, {
        detail: 'Another row already has these values.',
        errors: errorsAt(keys, 'unique', 'is taken'),
      });
    case 'taken':
      return takenProblem(keys);
    case 'overflow':
      return overflowProblem(keys);
    case 'farOverflow':
      return farOverflowProblem(keys);
    case 'overlap':
      return overlapProblem(keys);
    case 'range':
      return new Problem(422, {
        detail: 'A range ends after it begins.',
        errors: errorsAt(keys, 'range', 'the range must end after it begins'),
      });
    case 'reference':
    case 'nowhere':
      return new Problem(422, {
        detail: 'A row that this one points to does not exist.',
        errors: errorsAt(keys, 'reference', keys.length > 1 ? `it or another of these ${NOWHERE}` : NOWHERE),
      });
    case 'repeated':
      return new Problem(422, {
        detail: 'A list names a row twice.',
        errors: errorsAt(keys, 'repeated', 'names a row twice'),
      });
    case 'transition':
      return transitionProblem(errorsAt(keys, 'transition', 'may not follow the present state'));
    default:
      return kind satisfies never;
  }
}

const NOWHERE = 'points to no row';

function takenProblem([code = 'unique', ...keys]: readonly string[]): Problem {
  return new Problem(409, {
    detail: `Another row already has these values, which "${code}" forbids.`,
    errors: errorsAt(keys, code, 'is taken together with the other fields of this rule'),
  });
}

function overlapProblem([code = 'overlap', ...keys]: readonly string[]): Problem {
  return new Problem(409, {
    detail: `The range overlaps that of another row, which "${code}" forbids.`,
    errors: errorsAt(keys, code, 'overlaps that of another row'),
  });
}

function checkProblem([code = 'check', ...keys]: readonly string[]): Problem {
  const detail = 'does not meet the check of this name';
  const errors = keys.length === 0 ? [{ code, detail }] : errorsAt(keys, code, detail);
  return new Problem(422, { detail: `The row does not meet the check "${code}".`, errors });
}

/** Postgres does not say which of several computed values it was; none is in a body, so that it is the row that is at fault. */
function overflowProblem(keys: readonly string[]): Problem {
  const errors = [{ code: 'overflow', detail: `${oneOf(keys)} is computed, and gets out of range` }];
  return new Problem(422, { detail: 'A computed value gets out of range.', errors });
}

function oneOf(names: readonly string[]): string {
  return names.length > 1 ? `one of ${names.join(', ')}` : (names[0] ?? 'a value');
}

/** What kind of rule has refused a row, where that is known. */
export function refusalKind(
  error: unknown,
  constraints: Readonly<Record<string, ConstraintMeaning>>,
): ConstraintMeaning[0] | undefined {
  return error instanceof DatabaseError ? constraints[refuserOf(error)]?.[0] : undefined;
}

/** As `overflowProblem`, of what is computed in rows of others; each is named with its entity. */
function farOverflowProblem(names: readonly string[]): Problem {
  const detail = `${oneOf(names)} is computed from this row, and gets out of range`;
  return standingAgainst(AGAINST, [{ code: 'overflow', detail }]);
}

/** A rule about other rows, of an entity that may be named and that one link may lead to, that this change would break. */
function conflictProblem([code, entity, link]: readonly string[]): Problem {
  const place = link === undefined ? {} : { pointer: `/${link}` };
  return standingAgainst(AGAINST, code === undefined ? [] : [{ ...place, ...conflictOf(code, entity) }]);
}

/** As `conflictProblem`, of links that are known to lead to the row that the rule is about. */
export function linkedConflict(code: string, entity: string, pointers: readonly string[]): Problem {
  return standingAgainst(
    AGAINST,
    pointers.map((pointer) => ({ pointer, ...conflictOf(code, entity) })),
  );
}

function conflictOf(code: string, entity: string | undefined): ProblemError {
  const row = `a row ${entity === undefined ? '' : `of ${entity} `}that depends on this one`;
  return { code, detail: code === 'frozen' ? `${row} is frozen` : `would not hold for ${row}` };
}

const AGAINST = 'Rows that depend on this one stand against the change.';

/** There is no body to be at fault when a row comes back: what stands against it, or rows that come with it, is a conflict. */
export function restoreProblem(
  error: unknown,
  constraints: Readonly<Record<string, ConstraintMeaning>>,
  others: readonly ComesBack[],
): unknown {
  // What the request itself is refused for stays what it is.
  if (!(error instanceof DatabaseError)) return error;
  const refuser = refuserOf(error);
  // A row that comes back is held by none.
  const meaningIn = (all: typeof constraints): ConstraintMeaning | undefined =>
    all[refuser]?.[0] === 'held' ? undefined : all[refuser];
  const other = meaningIn(constraints) ? undefined : others.find((one) => meaningIn(one.constraints));
  const meaning = other && meaningIn(other.constraints);
  if (other && meaning) return besideProblem(other.entity, problemOf(meaning));
  const problem = writeProblem(error, constraints);
  if (!(problem instanceof Problem) || problem.status !== 422) return problem;
  return standingAgainst(problem.detail ?? 'The row cannot come back.', problem.errors);
}

/** What stands against a row of another entity, which has no place in a body. */
function besideProblem(entity: string, { detail = '', errors }: Problem): Problem {
  const row = `a row of ${entity} that comes back with it`;
  const all = errors.map((one) => {
    const key = one.pointer?.slice(1);
    return { code: one.code, detail: `${key === undefined ? row : `"${key}" of ${row}`}: ${one.detail}` };
  });
  return standingAgainst(detail, all.length > 0 ? all : [{ code: 'conflict', detail: row }]);
}

function standingAgainst(detail: string, errors: readonly ProblemError[]): Problem {
  return new Problem(409, { detail, errors, code: 'conflict' });
}

/** Rows that name this one, or one that would go with it. */
function heldProblem([entity, key]: readonly string[]): Problem {
  const detail = `rows of ${entity} hold on to it with "${key}"`;
  const errors = entity === undefined ? [] : [{ code: 'referenced', detail }];
  return new Problem(409, { detail: 'Other rows still point to this one.', errors, code: 'referenced' });
}

function frozenProblem(): Problem {
  return new Problem(409, { detail: 'The row is frozen: it can neither be changed nor deleted.', code: 'frozen' });
}

/** A state that may not follow the present one. */
export function transitionProblem(errors: readonly ProblemError[]): Problem {
  return new Problem(409, { detail: 'The present state does not allow this change.', errors });
}

function errorsAt(keys: readonly string[], code: string, detail: string): readonly ProblemError[] {
  return keys.map((key) => ({ pointer: `/${key}`, code, detail }));
}
