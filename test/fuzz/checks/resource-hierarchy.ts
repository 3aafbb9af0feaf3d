import type { Check } from '../check.ts';
import { ask, rowIds } from '../fuzz-world.ts';

/** RESTler's ResourceHierarchy: under one collection's path there is no row of another's. */
export const resourceHierarchy: Check = {
  name: 'ResourceHierarchy',
  judge: async ({ operation, request, answer }, world) => {
    if (operation.method !== 'get' || request.id === undefined || answer.status >= 300) return [];
    // Clients may give rows of two collections one id.
    const own = new Set(rowIds(world, operation.tag));
    const problems: string[] = [];
    for (const { tag, get } of world.collections) {
      const stranger = rowIds(world, tag).find((id) => !own.has(id));
      const key = `ResourceHierarchy ${operation.id} ${tag}`;
      if (get === undefined || tag === operation.tag || stranger === undefined || world.asked.has(key)) continue;
      world.asked.add(key);
      const { status } = await ask(world, 'GET', operation.path.replace('{id}', stranger));
      if (status !== 404) problems.push(`a ${tag} was answered ${status} as a ${operation.tag}`);
    }
    return problems;
  },
};
