import fc from 'fast-check';
import type { Plan } from '../fuzz-request.ts';
import { oddMembers } from './invalid-values.ts';
import { admittedMembers, basePlan, type RequestFamily } from './makers.ts';
import { NAUGHTY_TEXTS, UNSTORABLE_TEXTS } from './naughty-texts.ts';

/** Bodies with something odd in one member, which may come twice; what the document makes of them is open. */
export const oddBodies: RequestFamily = {
  name: 'odd bodies',
  weight: 3,
  plans: (operation, makers) => {
    const odd = oddMembers(operation, makers, [...NAUGHTY_TEXTS, ...UNSTORABLE_TEXTS]);
    if (odd === undefined) return undefined;
    return fc
      .tuple(basePlan(operation, makers), admittedMembers(operation, makers), odd, fc.boolean())
      .map(([plan, members, member, isTwice]): Plan => ({
        ...plan,
        kind: isTwice ? 'a member twice' : 'an odd value',
        expectation: 'unknown',
        body: {
          kind: 'members',
          members: [...members.filter(([key]) => isTwice || key !== member[0]), member],
        },
      }));
  },
};
