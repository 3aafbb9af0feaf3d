import type { Check } from '../check.ts';
import { ask, collectionOf } from '../fuzz-world.ts';

/** Schemathesis' `use_after_free`, RESTler's UseAfterFree: a deleted row is 404 to every operation on it. */
export const useAfterFree: Check = {
  name: 'use_after_free',
  judge: async ({ operation, request, answer }, world) => {
    const { get, update, remove } = collectionOf(world, operation) ?? {};
    if (operation.id !== remove?.id || answer.status >= 300 || !request.isOwnTarget) return [];
    const problems: string[] = [];
    for (const other of [get, update, remove]) {
      if (other === undefined) continue;
      const { status } = await ask(world, other.method.toUpperCase(), request.target, {}, other.body && '{}');
      if (status !== 404) problems.push(`${other.id} of the deleted row was answered ${status}`);
    }
    return problems;
  },
};
