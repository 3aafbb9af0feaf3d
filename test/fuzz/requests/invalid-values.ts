import fc, { type Arbitrary } from 'fast-check';
import { itemTargetOf, propertiesOf, targetOf, typesOf, type Operation } from '../../tour/document.ts';
import type { Given, Plan } from '../fuzz-request.ts';
import { admittedMembers, basePlan, type Makers, type RequestFamily } from './makers.ts';
import { UNSTORABLE_TEXTS } from './naughty-texts.ts';

/** RESTler's InvalidValues: one member has a value that its schema refuses, or links to no row. */
export const invalidValues: RequestFamily = {
  name: 'InvalidValues',
  weight: 4,
  plans: (operation, makers) => {
    const wrong = [
      ...refusedMembers(operation, makers).map((member) => ({ member, expectation: 'refused' as const })),
      ...unlinkedMembers(operation, makers).map((member) => ({ member, expectation: 'unlinked' as const })),
    ];
    if (wrong.length === 0) return undefined;
    return fc
      .tuple(basePlan(operation, makers), admittedMembers(operation, makers), fc.constantFrom(...wrong))
      .map(([plan, members, { member, expectation }]): Plan => ({
        ...plan,
        kind: 'InvalidValues',
        expectation,
        body: { kind: 'members', members: [...members.filter(([key]) => key !== member[0]), member] },
      }));
  },
};

/** Numbers that a double or an int64 has not, as JSON may write them. */
const ABSURD_NUMBERS = [
  '1e999',
  '-1e999',
  '9223372036854775808',
  '1e-400',
  '-0',
  '123456789012345678901234567890',
  '0.1e1',
];

function refusedMembers({ body }: Operation, { document, values }: Makers): readonly (readonly [string, Given])[] {
  return [...propertiesOf(document, body)].flatMap(([key, schema]) => {
    const refused = values.refused(schema).map(({ value }): Given => ({ kind: 'value', value }));
    const isText = typesOf(schema).join() === 'string';
    const texts = isText ? UNSTORABLE_TEXTS.map((value): Given => ({ kind: 'value', value })) : [];
    const numbers = isText ? ABSURD_NUMBERS.map((text): Given => ({ kind: 'text', text })) : [];
    return [...refused, ...texts, ...numbers].map((given) => [key, given] as const);
  });
}

function unlinkedMembers({ body }: Operation, { document }: Makers): readonly (readonly [string, Given])[] {
  return [...propertiesOf(document, body)].flatMap(([key, schema]) => {
    const one = targetOf(schema) === undefined ? [] : [NO_ROW];
    const several = itemTargetOf(schema) === undefined ? [] : [[NO_ROW]];
    return [...one, ...several].map((value) => [key, { kind: 'value', value }] as const);
  });
}

const NO_ROW = '00000000-0000-4000-8000-00000000dead';

/** Values that are odd and perhaps fine: absurd numbers where numbers go, naughty text where a format is asked for. */
export function oddMembers(
  operation: Operation,
  { document }: Makers,
  texts: readonly string[],
): Arbitrary<readonly [string, Given]> | undefined {
  const keys = [...propertiesOf(document, operation.body).keys()];
  if (keys.length === 0) return undefined;
  const given = fc.oneof(
    fc.constantFrom(...ABSURD_NUMBERS).map((text): Given => ({ kind: 'text', text })),
    fc.constantFrom(...texts).map((value): Given => ({ kind: 'value', value })),
    fc
      .integer({ min: 1, max: 3000 })
      .map((depth): Given => ({ kind: 'text', text: '['.repeat(depth) + ']'.repeat(depth) })),
    fc.jsonValue({ maxDepth: 4 }).map((value): Given => ({ kind: 'text', text: JSON.stringify(value) })),
  );
  return fc.tuple(fc.constantFrom(...keys), given);
}
