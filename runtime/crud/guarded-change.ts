import type { Executor } from '../database/database.ts';
import { Problem, type ProblemError } from '../http/problem.ts';
import { notFound, staleVersion } from './answers.ts';
import { transitionProblem } from './conflicts.ts';
import type { ResourceDefinition } from './resource-definition.ts';
import type { Body, StoredRow, Transitions, Versions } from './repository-definition.ts';
import { statesBefore } from './patch-parts.ts';

/** How often a change is tried again when the row moved between the refused statement and the look at it. */
const ATTEMPTS = 3;

/**
 * Updates a row if its version is accepted and its state may be followed; both are conditions of the
 * statement itself, so that no other change can come in between.
 *
 * @throws Problem 404, 409 or 412
 */
export async function updateRow(
  definition: ResourceDefinition,
  on: Executor,
  id: string,
  patch: Body,
  versions: Versions,
): Promise<StoredRow> {
  const { repository } = definition;
  if (Object.keys(patch).length === 0) return acceptedRow(definition, on, id, versions);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const row = await repository.update(on, id, patch, versions);
    if (row !== undefined) return row;
    const present = await acceptedRow(definition, on, id, versions);
    const errors = blockedTransitions(definition, present, patch);
    if (errors.length > 0) throw transitionProblem(errors);
  }
  throw keepsChanging();
}

/**
 * Deletes a row if its version is accepted.
 *
 * @throws Problem 404 or 412
 */
export async function deleteRow(
  definition: ResourceDefinition,
  on: Executor,
  id: string,
  versions: Versions,
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await definition.repository.delete(on, id, versions)) return;
    await acceptedRow(definition, on, id, versions);
  }
  throw keepsChanging();
}

/**
 * Holds a row whose version is accepted until the transaction ends.
 *
 * @throws Problem 404 or 412
 */
export async function holdRow(
  definition: ResourceDefinition,
  on: Executor,
  id: string,
  versions: Versions,
): Promise<void> {
  await acceptedRow(definition, on, id, versions, 'lock');
}

async function acceptedRow(
  { repository }: ResourceDefinition,
  on: Executor,
  id: string,
  versions: Versions,
  look: 'get' | 'lock' = 'get',
): Promise<StoredRow> {
  const row = await repository[look](on, id);
  if (row === undefined) throw notFound();
  if (versions !== undefined && !versions.includes(row[0] ?? '')) throw staleVersion();
  return row;
}

/** What in a change of states may not follow those of the row. */
export function blockedTransitions(
  { repository, readable }: ResourceDefinition,
  row: StoredRow,
  patch: Body,
): readonly ProblemError[] {
  return Object.entries(repository.transitions).flatMap(([key, machine]): readonly ProblemError[] => {
    const position = repository.columns.findIndex(({ column }) => column === machine.column) + 1;
    const state = row[position] ?? '';
    if (!Object.hasOwn(patch, key) || statesBefore(machine, String(patch[key])).includes(state)) return [];
    const detail = readable ? nextStates(machine, state) : 'may not follow the present state';
    return [{ pointer: `/${key}`, code: 'transition', detail }];
  });
}

function nextStates({ next }: Transitions, state: string): string {
  const allowed = next[state] ?? [];
  return allowed.length === 0
    ? `may not change: ${state} is final`
    : `may only become ${allowed.join(' or ')}: it is ${state}`;
}

/** Others are faster each time. */
export function keepsChanging(): Problem {
  return new Problem(409, { detail: 'The row keeps changing; try again.' });
}
