import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { keysOf, supportedKeys } from '../schema-keys/supported-keys.ts';
import { APP_CONSTRUCTS } from './app-constructs.ts';
import { checkTypesAndTests } from './check-spec.ts';
import { randomSpecs } from './draw-spec.ts';
import { ENTITY_CONSTRUCTS } from './entity-constructs.ts';
import { FIELD_CONSTRUCTS } from './field-constructs.ts';

/** The seed that needs the fewest specs, of the first twenty. */
const SEED = 18;
const COUNT = 16;

/** They speak of what was migrated before, and a first build has no history. */
const OF_A_HISTORY = /^(?:app\.)?(?:migration|cast)\b|^(?:was|valuesWere)$|\.(?:was|valuesWere)$/;

const SPECS = randomSpecs(SEED, COUNT);

test('random specs have every key of the language and every construct', () => {
  const keys = new Set(SPECS.flatMap(({ text }) => [...keysOf(parse(text))].flatMap(parts)));
  expect(
    supportedKeys()
      .flatMap(parts)
      .filter((key) => !keys.has(key) && !OF_A_HISTORY.test(key)),
  ).toEqual([]);
  const kept = new Set(SPECS.flatMap(({ constructs }) => [...constructs]));
  const rows = [...APP_CONSTRUCTS, ...ENTITY_CONSTRUCTS, ...FIELD_CONSTRUCTS];
  expect(rows.map(({ name }) => name).filter((name) => !kept.has(name))).toEqual([]);
});

test('the same seed gives the same specs', () => {
  expect(randomSpecs(SEED, 2)).toEqual(SPECS.slice(0, 2));
});

test('the backend of a random spec passes its type check and its own tests', { timeout: 120_000 }, async () => {
  const [text = ''] = SPECS.filter(({ constructs }) =>
    ['a link', 'a state machine'].every((name) => constructs.has(name)),
  )
    .map((spec) => spec.text)
    .toSorted((one, other) => entitiesOf(one) - entitiesOf(other));
  expect(await checkTypesAndTests(text), text).toEqual([]);
});

/** How many entities a spec has; the tests of each are most of what a backend's tests take. */
function entitiesOf(text: string): number {
  return Object.keys(parse(text).entities).length;
}

/** Of a key of a field, its type and its attribute: not every pair of them need be there. */
function parts(key: string): readonly string[] {
  return key.startsWith('field:') ? key.split('.') : [key];
}
