import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildInspected } from '../fuzz/fuzz-backend.ts';
import { createFolder, removeFolder } from './compiled-backend.ts';
import { SET_UPS, type OpenSetUp } from './set-ups.ts';
import { SUITES, type SuiteName } from './suites.ts';

/** Each way to run with one suite, each suite twice; `npm run test:long` has them all. */
const CHOSEN: Readonly<Record<string, SuiteName>> = {
  PGlite: 'its own tests',
  'Postgres 15': 'the fuzzer',
  'Postgres 15 without lanes': 'the tour',
  'Postgres 18': 'the tour',
  'Postgres 18 without lanes': 'the fuzzer',
  'PgBouncer in transaction mode': 'the tour',
};

const folder = createFolder('lending-library');
beforeAll(() => buildInspected('test/specs/lending-library/app.yaml', folder));
afterAll(() => removeFolder(folder));

test('every way to run is tried', () => {
  expect(Object.keys(CHOSEN)).toEqual(SET_UPS.map(({ name }) => name));
});

describe.each(SET_UPS)('on $name', ({ name, isUsable, open }) => {
  const suite = CHOSEN[name] ?? 'the tour';
  let opened: OpenSetUp;
  beforeAll(async () => {
    if (isUsable) opened = await open(folder);
  });
  afterAll(() => opened?.close());

  test.runIf(isUsable)(`${suite} finds nothing wrong`, { timeout: 120_000 }, async () => {
    expect(await SUITES[suite](folder, opened, { seed: 1, requests: 500 })).toEqual([]);
  });
});
