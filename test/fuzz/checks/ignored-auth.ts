import type { Check } from '../check.ts';
import { ask } from '../fuzz-world.ts';

const FORGERIES: readonly Readonly<Record<string, string>>[] = [
  {},
  { authorization: 'Bearer forged' },
  { authorization: 'Basic YTpi' },
];

/**
 * Schemathesis' `ignored_auth`: a secured operation is 401 without its credential and with a forged one. Begins to apply
 * with the first operation whose `security` is not empty; without `auth` in the spec there is none.
 */
export const ignoredAuth: Check = {
  name: 'ignored_auth',
  judge: async ({ operation, request, answer }, world) => {
    if (operation.security.length === 0 || answer.status >= 300 || !request.isOwnTarget) return [];
    const { authorization: _left, cookie: _also, ...rest } = request.headers;
    const problems: string[] = [];
    for (const forgery of FORGERIES) {
      const { status } = await ask(world, request.method, request.target, { ...rest, ...forgery }, request.body);
      if (status !== 401) problems.push(`${JSON.stringify(forgery)} instead of the credential was answered ${status}`);
    }
    return problems;
  },
};
