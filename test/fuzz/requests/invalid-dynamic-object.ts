import fc from 'fast-check';
import type { Plan } from '../fuzz-request.ts';
import { anyRow, basePlan, type RequestFamily } from './makers.ts';

/** RESTler's InvalidDynamicObject: what stands in the id's place is no id, or the id with something behind it. */
export const invalidDynamicObject: RequestFamily = {
  name: 'InvalidDynamicObject',
  weight: 2,
  plans: (operation, makers) => {
    if (!operation.path.includes('{id}')) return undefined;
    const base = basePlan(operation, makers);
    return fc.oneof(
      fc
        .tuple(base, fc.constantFrom(...NO_IDS))
        .map(([plan, id]): Plan => ({ ...plan, kind: 'InvalidDynamicObject', expectation: 'refused', id })),
      fc.tuple(base, anyRow, fc.constantFrom(...APPENDED)).map(([plan, id, appended]): Plan => ({
        ...plan,
        kind: 'InvalidDynamicObject',
        expectation: 'refused',
        id,
        target: `{target}${appended}`,
      })),
    );
  },
};

const NO_IDS = [
  '{}',
  '%7B%7D',
  '0',
  '-1',
  'null',
  'undefined',
  '..%2f..%2fetc%2fpasswd',
  '%00',
  '%',
  '%zz',
  '%c0%ae',
  '%ff',
  '%ED%A0%80',
  '00000000-0000-4000-8000-00000000dead,00000000-0000-4000-8000-00000000dead',
  '%7B00000000-0000-4000-8000-00000000dead%7D',
  '000000000000400080000000000dead0',
  '00000000-0000-4000-8000-00000000dea%C5%BF',
  '1%27%20or%201=1--',
  '*',
  'a'.repeat(4_000),
];
const APPENDED = [
  '?x=1',
  '/?/',
  '??',
  '/id',
  '/',
  '%00',
  '%20',
  '?%',
  '?id=1',
  ';x=1',
  '//',
  '/..',
  '.json',
  '?x=%zz',
  '?=',
  '?__proto__=1',
];
