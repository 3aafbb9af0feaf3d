import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasPostgres } from '../describe-databases.ts';
import { checkSpecs } from '../random-specs/check-specs.ts';
import { randomSpecs } from '../random-specs/draw-spec.ts';
import { checkOwnTests } from '../random-specs/own-tests.ts';
import { testPostgres } from '../test-postgres.ts';

/** Another seed tries other specs: `RANDOM_SPECS=7 TEST_LONG=1 npx vitest run test/long/random-specs.test.ts`. */
const SEED = Number(process.env['RANDOM_SPECS'] ?? 1);
const COUNT = 200;
/** So many are checked together, in one program and on one database. */
const BATCH = 20;
/** The own tests of every tenth are run: they cost as much as all else. */
const OWN = 10;
/** Specs whose rules bear on each other, at which the compiled tests or the tour once failed. */
const FOUND = 'test/random-specs/found';
/** Of which a client that knows the document alone can make no rows: what their rules ask for is in no schema. */
const UNTOURED = ['circle-and-cut-off.yaml', 'needs-parts.yaml', 'own-checks.yaml'];

describe('backends of specs that were once at fault', () => {
  const names = readdirSync(FOUND);
  const texts = names.map((name) => readFileSync(join(FOUND, name), 'utf8'));

  test('pass their type checks and the tour', async () => expectAllRight(texts, names));

  test.for(names.map((name, index) => [name, texts[index] ?? ''] as const))(
    '%s passes its own tests',
    async ([, text]) => {
      expect(await checkOwnTests(text)).toEqual([]);
    },
  );
});

describe('backends of random specs', () => {
  const texts = randomSpecs(SEED, COUNT).map(({ text }) => text);
  const starts = Array.from({ length: Math.ceil(COUNT / BATCH) }, (_, batch) => batch * BATCH);

  test.for(starts)('those from %i on pass their type checks and the tour on PGlite and Postgres 15', async (start) => {
    const batch = texts.slice(start, start + BATCH);
    await expectAllRight(
      batch,
      batch.map((_, index) => `random spec ${start + index}`),
    );
  });

  test.for(texts.map((text, index) => [index, text] as const).filter(([index]) => index % OWN === 0))(
    'random spec %i passes its own tests',
    async ([, text]) => {
      expect(await checkOwnTests(text), text).toEqual([]);
    },
  );
});

/** Types, migrations and the whole tour on each database. */
async function expectAllRight(texts: readonly string[], names: readonly string[]): Promise<void> {
  const urls = ['', ...(hasPostgres('15') ? [(await testPostgres('15')).url] : [])];
  const whole = [...names.keys()].filter((index) => !UNTOURED.includes(names[index] ?? ''));
  const problems = await checkSpecs(
    texts,
    urls.map((url) => ({ url, whole, written: [] })),
  );
  const wrong = names.flatMap((name, index) =>
    (problems[index] ?? []).length === 0 ? [] : [{ name, problems: problems[index], text: texts[index] }],
  );
  expect(wrong).toEqual([]);
}
