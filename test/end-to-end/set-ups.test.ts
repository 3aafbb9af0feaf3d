import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildInspected } from '../fuzz/fuzz-backend.ts';
import { SET_UPS, type OpenSetUp } from './set-ups.ts';
import { SUITES, type SuiteName } from './suites.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

/** The ways to run that are most unlike, with one suite each; `npm run test:long` has all of both. */
const CHOSEN: Readonly<Record<string, SuiteName>> = {
  PGlite: 'the fuzzer',
  'PgBouncer in transaction mode': 'the tour',
};

const folder = createFolder('lending-library');
beforeAll(() => buildInspected('test/specs/lending-library/app.yaml', folder));
afterAll(() => removeFolder(folder));

const chosen = SET_UPS.filter(({ name }) => Object.hasOwn(CHOSEN, name));

test('the chosen ways are known', () => {
  expect(chosen).toHaveLength(Object.keys(CHOSEN).length);
});

describe.each(chosen)('on $name', ({ name, isUsable, open }) => {
  const suite = CHOSEN[name] ?? 'the tour';
  let opened: OpenSetUp;
  beforeAll(async () => {
    if (isUsable) opened = await open(folder);
  });
  afterAll(() => opened?.close());

  test.runIf(isUsable)(`${suite} finds nothing wrong`, { timeout: 120_000 }, async () => {
    expect(await SUITES[suite](folder, opened, { seed: 1, requests: 200 })).toEqual([]);
  });
});
