import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Catalogue } from '../../runtime/migrations/catalogue/catalogue.ts';
import { compareCatalogues } from '../../runtime/migrations/catalogue/compare-catalogues.ts';
import { readCatalogue } from '../../runtime/migrations/catalogue/read-catalogue.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import type { TestDatabase } from './databases.ts';
import { BEFORE, EXPECTED, OUTCOME, TWENTY } from './twenty-steps.ts';

const PROGRAM = join(import.meta.dirname, 'killed-runner.ts');

/** Runs the twenty steps in a process that kills itself after some statements; how many it sent, where it lived on. */
export function runUntilKilled(url: string, statements: number, when: 'answered' | 'sent'): number | undefined {
  const { signal, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, url, String(statements), when], {
    encoding: 'utf8',
  });
  if (signal === 'SIGKILL') return undefined;
  if (stderr !== '') throw new Error(stderr);
  return Number(stdout);
}

/** The catalogue that the twenty steps make when nothing disturbs them. */
export async function undisturbed(opened: TestDatabase): Promise<Catalogue> {
  await opened.reset();
  await migrate(opened.database, [BEFORE, TWENTY]);
  return readCatalogue(opened.database, 'public');
}

/** Kills a runner at one statement, runs another, and compares what is there with an undisturbed run. */
export async function expectRecovery(
  opened: TestDatabase,
  wanted: Catalogue,
  statements: number,
  when: 'answered' | 'sent',
): Promise<void> {
  await opened.reset();
  await migrate(opened.database, [BEFORE]);
  expect(runUntilKilled(opened.url, statements, when)).toBeUndefined();
  await migrate(opened.database, [BEFORE, TWENTY]);
  const { rows } = await opened.database.query({ text: OUTCOME, values: [] });
  expect(rows, `killed at statement ${statements}, ${when}`).toEqual(EXPECTED);
  expect(compareCatalogues(wanted, await readCatalogue(opened.database, 'public'))).toEqual([]);
}
