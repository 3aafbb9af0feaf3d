import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCases } from './neutral/neutral-case.ts';
import { openSession } from './neutral/open-session.ts';
import { reportCases, runCases } from './neutral/run-cases.ts';

test.each([['cases.yaml'], ['further-cases.yaml']])(
  'every change has its outcome: %s',
  { timeout: 120_000 },
  async (name) => {
    const file = join(import.meta.dirname, 'neutral', name);
    const { session, close } = await openSession('pglite');
    const results = await runCases(readCases(readFileSync(file, 'utf8')), session);
    await close();
    const failed = results.filter(({ findings }) => findings.length > 0);
    expect(failed.length, reportCases(results)).toBe(0);
  },
);
