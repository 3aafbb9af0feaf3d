import type { Check } from '../check.ts';
import { ask } from '../fuzz-world.ts';

/**
 * RESTler's NameSpaceRule: a row of one caller's is not there for another. Begins to apply when the fuzzer is given
 * credentials of other callers, which the spec's `auth` and a rule of rows call for; grants of `rows: all` promise nothing.
 */
export const nameSpaceRule: Check = {
  name: 'NameSpaceRule',
  judge: async ({ request, answer }, world) => {
    if (request.id === undefined || answer.status >= 300 || !request.isOwnTarget) return [];
    const problems: string[] = [];
    for (const credentials of world.otherCallers) {
      const { status } = await ask(world, 'GET', request.target, credentials);
      if (status !== 404 && status !== 403)
        problems.push(`another caller was answered ${status} for ${request.target}`);
    }
    return problems;
  },
};
