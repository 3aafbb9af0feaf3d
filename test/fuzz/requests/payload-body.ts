import fc, { type Arbitrary } from 'fast-check';
import { requiredOf, type Operation } from '../../tour/document.ts';
import type { BodyPlan, Given, Plan } from '../fuzz-request.ts';
import { admittedMembers, basePlan, type Makers, type RequestFamily } from './makers.ts';

type Members = readonly (readonly [string, Given])[];

/** RESTler's PayloadBody: the body's structure is broken; members are missing, unknown, or the whole is another type. */
export const payloadBody: RequestFamily = {
  name: 'PayloadBody',
  weight: 3,
  plans: (operation, makers) =>
    operation.body === undefined
      ? undefined
      : fc
          .tuple(basePlan(operation, makers), brokenBody(operation, makers))
          .map(([plan, body]): Plan => ({ ...plan, kind: 'PayloadBody', expectation: 'refused', body })),
};

function brokenBody(operation: Operation, makers: Makers): Arbitrary<BodyPlan> {
  const required = requiredOf(operation.body);
  const members = admittedMembers(operation, makers);
  const without = (all: Members, gone: string): BodyPlan => ({
    kind: 'members',
    members: all.filter(([key]) => key !== gone),
  });
  return fc.oneof(
    fc.constantFrom(...OTHER_TYPES).map((text): BodyPlan => ({ kind: 'text', text })),
    fc
      .tuple(members, fc.constantFrom(...UNKNOWN_KEYS))
      .map(([all, key]): BodyPlan => ({ kind: 'members', members: [...all, [key, { kind: 'text', text: '1' }]] })),
    ...(required.length === 0
      ? []
      : [fc.tuple(members, fc.constantFrom(...required)).map(([all, gone]) => without(all, gone))]),
  );
}

const OTHER_TYPES = ['[]', '[{}]', 'null', 'true', '0', '"text"', '[[[]]]', '{"":{}}'];
const UNKNOWN_KEYS = [
  'id',
  'createdAt',
  'version',
  'unknown',
  '__proto__',
  'constructor',
  '\0',
  '\ud800',
  '',
  'a'.repeat(300),
];
