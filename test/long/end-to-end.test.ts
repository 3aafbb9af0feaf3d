import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedRows } from '../end-to-end/seed-rows.ts';
import { SET_UPS, type OpenSetUp } from '../end-to-end/set-ups.ts';
import { SUITES } from '../end-to-end/suites.ts';
import { typeErrors } from '../end-to-end/type-errors.ts';
import { buildInspected } from '../fuzz/fuzz-backend.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

const SPECS = [
  'examples/lead-tracker',
  'test/specs/aarhus-zoo',
  'test/specs/awkward-names',
  'test/specs/chinook',
  'test/specs/field-station',
  'test/specs/lending-library',
  'test/specs/long-names',
  'test/specs/northwind',
  'test/specs/one-field',
  'test/specs/online-store',
  'test/specs/project-tracker',
];

/** Another one each time, printed; `FUZZ_SEED` repeats one. */
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000_000);

/** Of the two databases, ten thousand each; other ways to reach them a sample. */
const REQUESTS: Readonly<Record<string, number>> = { PGlite: 10_000, 'Postgres 15': 10_000 };
const SAMPLE = 1_000;

describe.each(SPECS)('%s', (spec) => {
  const folder = createFolder(spec.split('/').at(-1) ?? '');
  beforeAll(() => buildInspected(join(spec, 'app.yaml'), folder));
  afterAll(() => removeFolder(folder));

  test('compiles to code that type-checks', async () => {
    expect(await typeErrors(folder)).toBe('');
  });

  describe.each(SET_UPS)('on $name', ({ name, isUsable, open }) => {
    let opened: OpenSetUp;
    beforeAll(async () => {
      if (!isUsable) return;
      opened = await open(folder);
      if (opened.ownerUrl !== undefined) await seedRows(spec, opened.ownerUrl);
    });
    afterAll(() => opened?.close());

    test.runIf(isUsable).each(Object.entries(SUITES))('%s finds nothing wrong', async (_, suite) => {
      expect(await suite(folder, opened, { seed: SEED, requests: REQUESTS[name] ?? SAMPLE })).toEqual([]);
    });
  });
});
