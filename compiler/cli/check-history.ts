import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Analysis } from '../analyze.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { inFolder } from './in-folder.ts';
import { STDIN } from './spec-file.ts';

/** What the migrations in `backend/` beside a spec say of it; nothing where there are none, or where the spec is wrong already. */
export async function checkHistory({ app, document }: Analysis, spec: string): Promise<readonly Diagnostic[]> {
  const root = resolve(dirname(spec), 'backend');
  if (app === undefined || spec === STDIN || !existsSync(join(root, 'migrations'))) return [];
  // What a spec without a history need not wait for.
  const [{ readHistory }, { planMigration }] = await Promise.all([
    import('./read-history.ts'),
    import('../plan/migration/plan-migration.ts'),
  ]);
  const folder = relative(process.cwd(), root);
  const { history, diagnostics } = readHistory(root, folder, false);
  if (diagnostics.length > 0) return diagnostics;
  return inFolder(planMigration({ app, document, history }).diagnostics, folder);
}
