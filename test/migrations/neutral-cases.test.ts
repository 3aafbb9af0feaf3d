import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCases } from './neutral/neutral-case.ts';
import { openSession } from './neutral/open-session.ts';
import { reportCases, runCases } from './neutral/run-cases.ts';

/** Of the further cases a sixth, and all in `npm run test:long`. */
test.each([
  ['cases.yaml', 1],
  ['further-cases.yaml', 6],
])('every change has its outcome: %s', { timeout: 120_000 }, async (name, nth) => {
  const file = join(import.meta.dirname, 'neutral', name);
  const { session, close } = await openSession('pglite');
  const cases = readCases(readFileSync(file, 'utf8')).filter((_, index) => index % nth === 0);
  const results = await runCases(cases, session);
  await close();
  const failed = results.filter(({ findings }) => findings.length > 0);
  expect(failed.length, reportCases(results)).toBe(0);
});
