import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkSpec } from '../random-specs/check-spec.ts';
import { randomSpecs } from '../random-specs/draw-spec.ts';

/** Another seed tries other specs: `RANDOM_SPECS=7 TEST_LONG=1 npx vitest run test/long/random-specs.test.ts`. */
const SEED = Number(process.env['RANDOM_SPECS'] ?? 1);
const COUNT = 60;
/** Specs whose rules bear on each other, at which the compiled tests or the tour once failed. */
const FOUND = 'test/random-specs/found';

test.for(readdirSync(FOUND))('the backend of %s passes its type check, its own tests and the tour', async (name) => {
  expect(await checkSpec(readFileSync(join(FOUND, name), 'utf8'))).toEqual([]);
});

test.for(randomSpecs(SEED, COUNT).map(({ text }, index) => [index, text] as const))(
  'the backend of random spec %i passes its type check, its own tests and the tour',
  async ([, text]) => {
    expect(await checkSpec(text), text).toEqual([]);
  },
);
