import { rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../diagnostics/reporter.ts';
import { hasErrors, sortDiagnostics } from '../diagnostics/sort-diagnostics.ts';
import { unlocated } from '../diagnostics/span.ts';
import { listMigrations } from '../output/disk/read-output.ts';
import { withOutputLock } from '../output/disk/output-lock.ts';
import { buildDatabaseSchema } from '../plan/database/build-database-schema.ts';
import { migrationIdOf } from '../plan/migration/history.ts';
import type { History } from '../plan/migration/history.ts';
import { historyHeads } from '../plan/migration/history-heads.ts';
import { rebaseHistory } from '../plan/migration/rebase-history.ts';
import { historyTree } from '../plan/migration/history-tree.ts';
import type { Rebase } from '../plan/migration/rebase-history.ts';
import { reportHistory } from '../plan/migration/report-history.ts';
import { refusal } from './command-result.ts';
import type { CommandResult } from './command-result.ts';
import { inFolder } from './in-folder.ts';
import { readHistory } from './read-history.ts';
import { findRebaseBase } from './rebase-base.ts';
import { readSpecFile } from './spec-file.ts';

export interface RebaseOptions {
  readonly spec: string;
  /** The compiled backend. */
  readonly out: string;
  /** The commit whose migrations stay as they are. */
  readonly onto?: string;
  /** Drop what cannot be put on top as it is; the next build plans it anew. */
  readonly replan?: boolean;
}

/** Puts the migrations of one branch on top of those of another that were merged with it. */
export async function migrateRebase({ spec, out, onto, replan = false }: RebaseOptions): Promise<CommandResult> {
  const file = readSpecFile(spec, 'migrate rebase');
  if ('diagnostics' in file) return refusal(file.diagnostics);
  const { analyze } = await import('../analyze.ts');
  const { app, diagnostics } = analyze(file.text, file.file);
  if (app === undefined || hasErrors(diagnostics)) {
    return refusal(sortDiagnostics(diagnostics), new Map([[file.file, file.text]]));
  }
  const root = resolve(out);
  const { history, diagnostics: problems } = readHistory(root, relative(process.cwd(), root), false);
  if (problems.length > 0) return refusal(problems);
  // Whatever cannot be read has no place in the history, not even as a head.
  const broken = reportHistory(historyTree(history, new Set()).problems);
  if (broken.length > 0) return refusal(inFolder(broken, out));
  const heads = historyHeads(history);
  if (heads.length < 2) return done(`there is one head: nothing to rebase${describeDrafts(history)}`, undefined, []);
  const isFit = (ids: ReadonlySet<string>): boolean => heads.filter((id) => ids.has(id)).length === 1;
  const base = findRebaseBase(root, onto, isFit);
  if (base === undefined)
    return refusal([createDiagnostic(unlocated(out), 'rebase-base-unknown', '', { heads, onto })]);
  const rebase = rebaseHistory({ history, theirs: base.ids, wanted: buildDatabaseSchema(app), replan });
  const refused = [...inFolder(reportHistory(rebase.problems), out), ...reportConflicts(rebase, out)];
  if (refused.length > 0) return refusal(refused);
  await withOutputLock(root, async () => write(root, rebase, history));
  return done(summarize(rebase, base.name), rebase, heads);
}

/** Files that git does not have yet: one is the next migration, others were put there by hand. */
function describeDrafts({ migrations }: History): string {
  const drafts = migrations.filter(({ sealed }) => !sealed).map(({ id }) => id);
  return drafts.length === 0 ? '' : `; not committed, and so no part of the history yet: ${drafts.join(', ')}`;
}

function reportConflicts({ conflicts }: Rebase, out: string): readonly Diagnostic[] {
  return conflicts.map(({ mine, theirs, objects }) =>
    createDiagnostic(unlocated(join(out, 'migrations', `${mine}.json`)), 'rebase-conflict', '', {
      mine,
      theirs,
      objects: objects.join(', '),
    }),
  );
}

/** New files first: whatever stops it half-way, nothing is lost. */
function write(root: string, { rebased, dropped }: Rebase, { migrations }: History): void {
  const file = (name: string): string => join(root, 'migrations', name);
  for (const { id, sql, json, down } of rebased) {
    writeFileSync(file(`${id}.sql`), sql);
    writeFileSync(file(`${id}.json`), json);
    if (down !== undefined) writeFileSync(file(`${id}.down.sql`), down);
  }
  const gone = new Set([...rebased.map(({ replaces }) => replaces), ...dropped]);
  // What it did, for databases that ran it; what came before it is part of that.
  const kept = migrations.filter(({ id }) => dropped.length > 0 && gone.has(id));
  for (const { id, json = '' } of kept) writeFileSync(file(`${id}.rebased`), json);
  const stale = listMigrations(root).filter((path) => gone.has(migrationIdOf(path.slice('migrations/'.length)) ?? ''));
  for (const path of stale.filter((name) => !name.endsWith('.rebased'))) rmSync(join(root, path));
}

function summarize({ rebased, dropped }: Rebase, base: string): string {
  const left = dropped.length === 0 ? '' : `, left out ${dropped.length}`;
  return `put ${rebased.length} on top of ${base}${left}; now run build, and commit`;
}

function done(summary: string, rebase: Rebase | undefined, heads: readonly string[]): CommandResult {
  const rebased = (rebase?.rebased ?? []).map(({ id, replaces }) => ({ id, replaces }));
  const dropped = rebase?.dropped ?? [];
  const lines = [
    ...rebased.map(({ id, replaces }) => `${replaces} -> ${id}\n`),
    ...dropped.map((id) => `${id} -> nothing\n`),
  ];
  return { diagnostics: [], sources: new Map(), text: lines.join(''), data: { heads, rebased, dropped }, summary };
}
