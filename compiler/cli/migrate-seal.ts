import { writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { createDiagnostic } from '../diagnostics/reporter.ts';
import { unlocated } from '../diagnostics/span.ts';
import { withOutputLock } from '../output/disk/output-lock.ts';
import { refusal } from './command-result.ts';
import type { CommandResult } from './command-result.ts';
import { readHistory } from './read-history.ts';

const SEAL = 'A database may have run this migration: no build replaces it.\n';

/** Ends the drafts of a backend, as a commit would, by a `.seal` file beside each. */
export async function migrateSeal(folder: string): Promise<CommandResult> {
  const root = resolve(folder);
  const { history, diagnostics } = readHistory(root, relative(process.cwd(), root), false);
  if (diagnostics.length > 0) return refusal(diagnostics);
  if (history.migrations.length === 0) {
    return refusal([createDiagnostic(unlocated(folder), 'no-migrations', '', { path: folder })]);
  }
  const drafts = history.migrations.filter(({ sealed }) => !sealed).map(({ id }) => id);
  await withOutputLock(root, async () => {
    for (const id of drafts) writeFileSync(join(root, 'migrations', `${id}.seal`), SEAL);
  });
  return {
    diagnostics: [],
    sources: new Map(),
    text: drafts.map((id) => `${id}\n`).join(''),
    data: { sealed: drafts },
    summary: drafts.length === 0 ? 'there is no draft to seal' : `sealed ${drafts.length}`,
  };
}
