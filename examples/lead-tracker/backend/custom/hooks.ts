import type { Hooks } from '../app/app.ts';

/**
 * Your code around the compiled operations, by resource:
 *
 *   lead: { beforeCreate: async (input, { db }) => ({ ...input, name: input.name.trim() }) }
 *
 * A hook runs in the transaction of the change; throwing rolls it back. Throw a Problem
 * (#runtime/http/problem.ts) to choose the answer.
 */
export const hooks = {} satisfies Hooks;
