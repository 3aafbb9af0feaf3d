import type { Executor } from '../database/database.ts';
import { Problem, type ProblemError } from '../http/problem.ts';
import { staleVersion } from './answers.ts';
import { blockedTransitions, keepsChanging, updateRow } from './guarded-change.ts';
import { transitionProblem } from './conflicts.ts';
import type { AnyHooks, HookContext } from './hooks.ts';
import type { UpsertRow } from './repository.ts';
import type { Body, StoredRow } from './repository-definition.ts';
import type { ResourceDefinition } from './resource-definition.ts';
import { rowSerializer } from './serializer.ts';
import type { UpsertedRow, UpsertRequest } from './upsert-statements.ts';

/** How often an upsert is tried again when another request was faster. */
const ATTEMPTS = 5;

/**
 * Changes the row that has the key of the body, or creates it.
 *
 * @throws Problem 409 or 412
 */
export async function upsertRow(
  definition: ResourceDefinition,
  on: Executor,
  id: string | undefined,
  request: UpsertRequest,
): Promise<UpsertedRow> {
  const upserts = upsertsOf(definition);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const upserted = await upserts.write(on, id, request);
    if (upserted !== undefined) return upserted;
    const present = await upserts.find(on, request.body, false);
    assertExpected(present, request);
    if (present !== undefined) await assertAllowed(definition, on, present, request);
  }
  throw keepsChanging();
}

interface Around extends AnyHooks {
  readonly hooked: HookContext<unknown>;
}

/**
 * As `upsertRow`, in a transaction and with the hooks of an update or of a create: which of them is known before they
 * run, because the row is held. The row is looked for by the key as it was sent.
 *
 * @throws Problem 409 or 412
 */
export async function upsertRowHooked(
  definition: ResourceDefinition,
  on: Executor,
  id: string | undefined,
  request: UpsertRequest,
  { beforeCreate, afterCreate, beforeUpdate, afterUpdate, hooked }: Around,
): Promise<UpsertedRow> {
  const { repository } = definition;
  const upserts = upsertsOf(definition);
  const serialize = rowSerializer(repository.columns);
  const present = await upserts.find(on, request.body, true);
  assertExpected(present, request);
  if (present === undefined) {
    const final = beforeCreate ? await beforeCreate(request.body, hooked) : request.body;
    const row = await repository.create(on, id, final);
    await afterCreate?.(JSON.parse(serialize(row)), hooked);
    return { row, isNew: true };
  }
  await assertAllowed(definition, on, present, request);
  const key = repository.idOf(present);
  const patch = upserts.patchOf(request);
  const final = beforeUpdate ? await beforeUpdate(key, patch, hooked) : patch;
  const row = await updateRow(definition, on, key, givenOf(final), undefined);
  await afterUpdate?.(JSON.parse(serialize(row)), hooked);
  return { row, isNew: false };
}

/** Keys that are there but undefined were not set. */
function givenOf(patch: Body): Body {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}

function upsertsOf({ name, repository }: ResourceDefinition): UpsertRow {
  if (repository.upsert === undefined) throw new TypeError(`${name} has no upserts.`);
  return repository.upsert;
}

/** @throws Problem 412 */
function assertExpected(present: StoredRow | undefined, { expected }: UpsertRequest): void {
  if (expected.kind === 'any') return;
  if (expected.kind === 'new') {
    if (present !== undefined) throw new Problem(412, { detail: 'There is a row with this key already.' });
    return;
  }
  if (present === undefined) throw new Problem(412, { detail: 'There is no row with this key.' });
  if (expected.versions?.includes(present[0] ?? '') === false) throw staleVersion();
}

/** @throws Problem 409 for a state that may not follow, or another value of what never changes */
async function assertAllowed(
  definition: ResourceDefinition,
  on: Executor,
  present: StoredRow,
  request: UpsertRequest,
): Promise<void> {
  const upserts = upsertsOf(definition);
  const states = blockedTransitions(definition, present, upserts.patchOf(request));
  if (states.length > 0) throw transitionProblem(states);
  const fixed = await upserts.otherwise(on, request);
  if (fixed.length > 0) throw immutableProblem(fixed);
}

function immutableProblem(keys: readonly string[]): Problem {
  const detail = 'cannot be changed once the row is there, and has another value';
  const errors = keys.map((key): ProblemError => ({ pointer: `/${key}`, code: 'immutable', detail }));
  return new Problem(409, { detail: 'The row with this key has other values that never change.', errors });
}
