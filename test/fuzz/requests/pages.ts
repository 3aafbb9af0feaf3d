import fc from 'fast-check';
import { CURSOR_USES, type Plan } from '../fuzz-request.ts';
import { basePlan, type RequestFamily } from './makers.ts';

/** The next page of a list that had one, and the same with a cursor that was tampered with or is of another list. */
export const pages: RequestFamily = {
  name: 'pages',
  weight: 3,
  plans: (operation, makers) =>
    operation.parameters.some(({ name }) => name === 'cursor')
      ? fc
          .tuple(basePlan(operation, makers), fc.constantFrom(...CURSOR_USES))
          .map(([plan, cursor]): Plan => ({ ...plan, kind: `a cursor ${cursor}`, cursor }))
      : undefined,
};
