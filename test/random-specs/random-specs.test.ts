import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { hasPostgres } from '../describe-databases.ts';
import { keysOf, supportedKeys } from '../schema-keys/supported-keys.ts';
import { testPostgres } from '../test-postgres.ts';
import { APP_CONSTRUCTS } from './app-constructs.ts';
import { checkSpecs, type SpecTrial } from './check-specs.ts';
import { randomSpecs } from './draw-spec.ts';
import { ENTITY_CONSTRUCTS } from './entity-constructs.ts';
import { FIELD_CONSTRUCTS } from './field-constructs.ts';

/** The seed whose specs are the smallest, of the first seventy and those with which they have everything. */
const SEED = 63;
const COUNT = 20;
/** The tour sends what must be refused to every tenth of them. */
const WHOLE = 10;

/** They speak of what was migrated before, and a first build has no history. */
const OF_A_HISTORY = /^(?:app\.)?(?:migration|cast)\b|^(?:was|valuesWere)$|\.(?:was|valuesWere)$/;

const SPECS = randomSpecs(SEED, COUNT);
const PLACES = SPECS.map((_, index) => index);

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

let problems: readonly (readonly string[])[] = [];

beforeAll(async () => {
  const [smallest = 0] = PLACES.toSorted((one, other) => sizeOf(one) - sizeOf(other));
  const whole = PLACES.filter((place) => place % WHOLE === 0);
  const written = PLACES.filter((place) => place % WHOLE !== 0);
  const embedded: SpecTrial = { url: '', whole: [smallest], written: [] };
  const server = hasPostgres('15') ? (await testPostgres('15')).url : undefined;
  const trials = [embedded, ...(server === undefined ? [] : [{ url: server, whole, written }])];
  problems = await checkSpecs(
    SPECS.map(({ text }) => text),
    trials,
  );
}, 300_000);

test.for(SPECS.map(({ text }, place) => [place, text] as const))(
  'the backend of random spec %i passes its type check, is migrated on PGlite and Postgres 15, and passes the tour',
  ([place, text]) => {
    expect(problems[place], text).toEqual([]);
  },
);

function sizeOf(place: number): number {
  return SPECS[place]?.text.length ?? 0;
}

/** Of a key of a field, its type and its attribute: not every pair of them need be there. */
function parts(key: string): readonly string[] {
  return key.startsWith('field:') ? key.split('.') : [key];
}
