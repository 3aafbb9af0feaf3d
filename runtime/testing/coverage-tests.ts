import assert from 'node:assert/strict';
import { test } from './test.ts';
import type { Conformance, DeclaredStatus } from './conformance.ts';
import { linksTo } from './delete-tests.ts';
import { reachable } from './fixture-values.ts';
import { changeable, type ResourceCase } from './resource-case.ts';
import type { Suite } from './suite.ts';
import { targetsOf } from './transition-tests.ts';
import { canTakeOnCreate, canTakeOnUpdate } from './unique-tests.ts';

/** Every status that openapi.json declares has been seen, but for conflicts that no request can bring about. */
export function testCoverage(suites: readonly Suite[], conformance: Conformance): void {
  test('every declared status of every operation was answered', () => {
    const missing = conformance.unseen().filter((declared) => isPossible(suites, declared));
    assert.deepEqual(
      missing.map(({ operationId, status }) => `${operationId} ${status}`),
      [],
    );
  });
}

function isPossible(suites: readonly Suite[], { method, path, status }: DeclaredStatus): boolean {
  const suite = suites.find(({ resource }) => path === resource.path || path === `${resource.path}/{id}`);
  if (suite === undefined || !suite.fixtures.values.isSeedable(suite.resource)) return false;
  // A rule over other rows may have kept a test from what it was to see.
  if (suite.resources.some(({ farRules }) => farRules !== undefined)) return false;
  if (needsUnmet(suite, suite.resource)) return false;
  return status !== 409 || conflicts(suite, method);
}

/** Whether tests of the resource need rows that were not found. */
function needsUnmet({ fixtures }: Suite, resource: ResourceCase): boolean {
  const needed = new Set([resource.name]);
  for (const name of needed)
    for (const { to, links } of fixtures.values.resource(name).fields)
      for (const other of [to, links]) if (other !== undefined) needed.add(other);
  return [...needed].some((name) => fixtures.unmet.has(name));
}

function conflicts(suite: Suite, method: string): boolean {
  const { resource } = suite;
  if (method === 'post') return resource.uniques.some((keys) => canTakeOnCreate(suite, keys));
  if (method === 'delete') return linksTo(suite).some(({ field }) => field.onDelete === 'restrict');
  return resource.uniques.some((keys) => canTakeOnUpdate(suite, keys)) || hasForbiddenStep(resource);
}

function hasForbiddenStep(resource: ResourceCase): boolean {
  return changeable(resource).some((field) => {
    const machine = resource.transitions[field.key];
    if (machine === undefined) return false;
    return reachable(machine).some((from) =>
      targetsOf(field, machine, from).some((to) => machine.next[from]?.includes(to) !== true),
    );
  });
}
