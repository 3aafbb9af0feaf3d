import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCases } from '../migrations/neutral/neutral-case.ts';
import { openSession } from '../migrations/neutral/open-session.ts';
import { reportCases, runCases } from '../migrations/neutral/run-cases.ts';

const FOLDER = join(import.meta.dirname, '../migrations/neutral');

test.each(
  (['pglite', '15'] as const).flatMap((kind) =>
    ['cases.yaml', 'further-cases.yaml'].map((name) => [kind, name] as const),
  ),
)('on %s every change has its outcome: %s', async (kind, name) => {
  const { session, close } = await openSession(kind);
  const results = await runCases(readCases(readFileSync(join(FOLDER, name), 'utf8')), session);
  await close();
  const failed = results.filter(({ findings }) => findings.length > 0);
  expect(failed.length, reportCases(results)).toBe(0);
});
