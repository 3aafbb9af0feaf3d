import type { Check } from '../check.ts';
import { ask } from '../fuzz-world.ts';

/**
 * Schemathesis' `missing_required_header`: without a header that the document requires the same request is refused,
 * with 401 when it is `Authorization`. Begins to apply with the first operation that requires one: a credential, or
 * `If-Match` where an entity demands it.
 */
export const missingRequiredHeader: Check = {
  name: 'missing_required_header',
  judge: async ({ operation, request, answer }, world) => {
    const required = operation.parameters.filter((parameter) => parameter.in === 'header' && parameter.required);
    if (answer.status >= 300 || !request.isOwnTarget) return [];
    const problems: string[] = [];
    for (const { name } of required) {
      const rest = Object.entries(request.headers).filter(([sent]) => sent.toLowerCase() !== name.toLowerCase());
      const again = await ask(world, request.method, request.target, Object.fromEntries(rest), request.body);
      const isRefused = name.toLowerCase() === 'authorization' ? again.status === 401 : again.status >= 400;
      if (!isRefused) problems.push(`without ${name} the same request was answered ${again.status}`);
    }
    return problems;
  },
};
