import assert from 'node:assert/strict';
import { test } from './test.ts';
import { assertProblem, assertStatus } from './assert-answer.ts';
import { wholeRow } from './seeded-row.ts';
import { reachable } from './fixture-values.ts';
import { breaksCheck, brokenChecks, isFrozen } from './row-checks.ts';
import { allows, changeable, type FieldCase, type StateMachineCase } from './resource-case.ts';
import { titled, type Suite } from './suite.ts';

/** Which state may follow which, in the API and in the database itself. */
export function testTransitions(suite: Suite): void {
  const { resource } = suite;
  for (const field of resource.fields) {
    const machine = resource.transitions[field.key];
    if (machine === undefined) continue;
    const isPatched = allows(resource, 'update') && changeable(resource).includes(field);
    for (const from of reachable(machine)) {
      for (const to of targetsOf(field, machine, from)) testStep(suite, field, machine, { from, to, isPatched });
      if (isPatched)
        test(titled('update keeps the state', `${field.key}=${from}`), () => patchState(suite, field, from, from));
    }
  }
}

interface Step {
  readonly from: string;
  readonly to: string;
  readonly isPatched: boolean;
}

function testStep(suite: Suite, field: FieldCase, machine: StateMachineCase, { from, to, isPatched }: Step): void {
  const step = `${field.key} from ${from} to ${to}`;
  if (machine.next[from]?.includes(to)) {
    if (isPatched) test(titled('update allows', step), () => patchState(suite, field, from, to));
    return;
  }
  if (isPatched) test(titled('update refuses', step), () => refuseState(suite, field, from, to));
  test(titled('the database refuses', step), () => refuseBySql(suite, field, from, to));
}

/** In machines above this size, only some of what is forbidden is tried. */
const MOST_STATES = 8;
const SOME = 3;

/** Every state that may follow, and those that may not. */
export function targetsOf(
  { enum: values = [] }: FieldCase,
  { next }: StateMachineCase,
  from: string,
): readonly string[] {
  const others = values.filter((value) => value !== from);
  const forbidden = others.filter((value) => next[from]?.includes(value) !== true);
  const allowed = others.filter((value) => next[from]?.includes(value));
  return [...allowed, ...(values.length > MOST_STATES ? forbidden.slice(0, SOME) : forbidden)];
}

async function patchState(
  { api, resource, fixtures }: Suite,
  field: FieldCase,
  from: string,
  to: string,
): Promise<void> {
  const row = await fixtures.row(resource, 0, { [field.key]: from });
  const answer = await api.send('PATCH', `${resource.path}/${row.id}`, { body: { [field.key]: to } });
  const next = { ...wholeRow(row), [field.key]: to };
  if (isFrozen(resource, wholeRow(row))) return assertProblem(answer, 409);
  if (breaksCheck(resource, next)) return assertProblem(answer, 422, brokenChecks(resource, next));
  assertStatus(answer, allows(resource, 'read') ? 200 : 204);
  assert.deepEqual(await fixtures.differences(resource, row.id, { ...row.values, [field.key]: to }), []);
}

async function refuseState(
  { api, resource, fixtures }: Suite,
  field: FieldCase,
  from: string,
  to: string,
): Promise<void> {
  const row = await fixtures.row(resource, 0, { [field.key]: from });
  const answer = await api.send('PATCH', `${resource.path}/${row.id}`, { body: { [field.key]: to } });
  assertProblem(answer, 409, { [`/${field.key}`]: 'transition' });
  assert.deepEqual(await fixtures.differences(resource, row.id, row.values), []);
}

async function refuseBySql({ resource, fixtures }: Suite, field: FieldCase, from: string, to: string): Promise<void> {
  const row = await fixtures.row(resource, 0, { [field.key]: from });
  await assert.rejects(fixtures.setColumn(resource, row.id, field, to), `SQL took ${from} to ${to}`);
}
