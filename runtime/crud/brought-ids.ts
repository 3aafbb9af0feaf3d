import type { Executor } from '../database/database.ts';
import { Problem } from '../http/problem.ts';
import type { Outcome } from '../idempotency/kept-result.ts';
import type { PresentRows } from './present-rows.ts';
import type { Body } from './repository-definition.ts';

/** The id that the body of a create brings; absent where the server gives one. */
export function broughtId({ id }: Body): string | undefined {
  return typeof id === 'string' ? id : undefined;
}

/** Those of the brought ids whose rows are there. */
export async function presentIds(
  on: Executor,
  present: PresentRows,
  bodies: readonly Body[],
): Promise<ReadonlySet<string>> {
  const ids = bodies.flatMap((body) => broughtId(body) ?? []);
  return new Set(ids.length === 0 ? [] : await present.alike(on, ids, {}));
}

/** Thrown to undo a transaction that made nothing new: an earlier request did all of it. */
export class DoneBefore extends Error {
  override readonly name = 'DoneBefore';
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super('The request was done before.');
    this.outcome = outcome;
  }
}

/** A row that is there, and is not as the body says. */
export function taken(): Problem {
  return idProblem('Another row has this id.', 'unique', 'is the id of a row that has other values');
}

/** A row that is there as the body says, while others of the request are not: it cannot be one that was done before. */
export function presentAmongNew(): Problem {
  return idProblem('A row of the request is there already.', 'unique', 'is the id of a row, while others are new');
}

function idProblem(detail: string, code: string, error: string): Problem {
  return new Problem(409, { detail, errors: [{ pointer: '/id', code, detail: error }] });
}

/** @throws Problem 409 for an id by which a deleted row is kept, which could not be restored beside a new one */
export async function assertNotDeleted(on: Executor, present: PresentRows, body: Body): Promise<void> {
  const id = broughtId(body);
  if (id === undefined || !(await present.isDeleted(on, id))) return;
  throw idProblem('A deleted row has this id.', 'deleted', 'is the id of a deleted row, which may be restored');
}
