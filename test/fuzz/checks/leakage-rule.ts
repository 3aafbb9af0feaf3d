import type { Check } from '../check.ts';

/** RESTler's LeakageRule, of every operation: a refused request leaves nothing behind, as the database itself shows. */
export const leakageRule: Check = {
  name: 'LeakageRule',
  judge: async ({ operation, request, answer }, world) => {
    const isWrite = operation.method !== 'get';
    if (isWrite && answer.status < 400) {
      world.stored.text = '';
      return [];
    }
    const before = world.stored.text;
    world.stored.text = await world.witness.read();
    if (before === '' || before === world.stored.text) return [];
    return [`${request.method} was answered ${answer.status}, and what is stored has changed`];
  },
};
