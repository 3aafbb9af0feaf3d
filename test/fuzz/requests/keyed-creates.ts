import fc from 'fast-check';
import type { Plan } from '../fuzz-request.ts';
import { basePlan, type RequestFamily } from './makers.ts';

/** Creates as documented, each with an `Idempotency-Key` of its own. */
export const keyedCreates: RequestFamily = {
  name: 'keyed creates',
  weight: 3,
  plans: (operation, makers) => {
    if (!operation.parameters.some(({ in: place, name }) => place === 'header' && name === 'Idempotency-Key'))
      return undefined;
    return fc.tuple(basePlan(operation, makers), fc.uuid()).map(([plan, key]): Plan => ({
      ...plan,
      kind: 'a keyed create',
      // One seed gives several operations the same, and a key is of one request alone.
      headers: { 'idempotency-key': `${operation.id} ${key}` },
    }));
  },
};
