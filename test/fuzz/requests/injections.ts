import fc, { type Arbitrary } from 'fast-check';
import { propertiesOf, type Operation } from '../../tour/document.ts';
import type { Plan } from '../fuzz-request.ts';
import { INJECTION_TEXTS } from '../injection-texts.ts';
import { admittedMembers, basePlan, type Makers, type RequestFamily } from './makers.ts';

const texts = fc.constantFrom(...INJECTION_TEXTS);

/** SQL in place of, before and behind a value: in every parameter's value and name, the cursor, the id, headers, and every member. */
export const injections: RequestFamily = {
  name: 'injections',
  weight: 1,
  plans: (operation, makers) => {
    const base = basePlan(operation, makers);
    const names = operation.parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name);
    const inMember = injectedMember(operation, makers);
    const change = (arbitrary: Arbitrary<Partial<Plan>>): Arbitrary<Plan> =>
      fc
        .tuple(base, arbitrary)
        .map(([plan, part]) => ({ ...plan, kind: 'an injection', expectation: 'unknown', ...part }));
    return fc.oneof(
      ...(names.length === 0
        ? []
        : [
            {
              weight: 4,
              arbitrary: change(fc.tuple(fc.constantFrom(...names), texts).map((pair) => ({ query: [pair] }))),
            },
          ]),
      { weight: 1, arbitrary: change(texts.map((text) => ({ query: [[text, '1']] }))) },
      { weight: 1, arbitrary: change(fc.tuple(fc.constantFrom(...HEADERS), texts).map(headersOf)) },
      ...(operation.path.includes('{id}')
        ? [{ weight: 2, arbitrary: change(texts.map((text) => ({ id: encodeURIComponent(text) }))) }]
        : []),
      ...(inMember === undefined ? [] : [{ weight: 6, arbitrary: change(inMember) }]),
    );
  },
};

const HEADERS = ['if-match', 'if-none-match', 'x-request-id', 'idempotency-key', 'authorization', 'traceparent'];

function headersOf([name, text]: readonly [string, string]): Partial<Plan> {
  // A header's value is ASCII.
  return { headers: { [name]: text.replaceAll(/[^\x20-\x7e]/g, '?') } };
}

function injectedMember(operation: Operation, makers: Makers): Arbitrary<Partial<Plan>> | undefined {
  const keys = [...propertiesOf(makers.document, operation.body).keys()];
  if (keys.length === 0) return undefined;
  return fc
    .tuple(admittedMembers(operation, makers), fc.constantFrom(...keys), texts, fc.boolean())
    .map(([members, key, text, isKey]) => ({
      body: {
        kind: 'members',
        members: [
          ...members.filter(([name]) => name !== key),
          isKey ? [text, { kind: 'value', value: 1 }] : [key, { kind: 'value', value: text }],
        ],
      },
    }));
}
