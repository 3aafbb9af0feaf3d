import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../diagnostics/reporter.ts';
import { unlocated } from '../diagnostics/span.ts';
import type { OutputFile } from '../emit/file.ts';
import { listMigrations } from '../output/disk/read-output.ts';
import { isMigrationPath } from '../output/output-path.ts';
import { historyFromFiles, leftOutRecords, migrationIdOf, replacedIds } from '../plan/migration/history.ts';
import type { History } from '../plan/migration/history.ts';
import type { MigrationRecord } from '../plan/migration/migration-record.ts';
import { readGitHead } from './git-head.ts';
import type { GitHead } from './git-head.ts';

/** The migrations of an output folder, and which of their files are final. */
export interface HistoryOnDisk {
  readonly history: History;
  /** Every file of the sealed migrations, as it stands. */
  readonly sealed: readonly OutputFile[];
  /** What a rebase left out. */
  readonly leftOut: readonly MigrationRecord[];
  readonly diagnostics: readonly Diagnostic[];
  /** Whether a path is of a migration that a rebase has replaced or left out. */
  readonly isReplaced: (path: string) => boolean;
}

/** Reads `migrations/` and asks git what of it is sealed; `folder` is the output's name for messages. */
export function readHistory(root: string, folder: string, force: boolean): HistoryOnDisk {
  // A folder of such a name is no file of the history, which then lacks one.
  const paths = listMigrations(root).filter((path) => isFile(join(root, path)));
  const texts = new Map(paths.map((path) => [baseName(path), readFileSync(join(root, path), 'utf8')]));
  const head = readGitHead(root, 'migrations');
  const history = historyFromFiles(texts, (id) => isCommitted(head, id));
  const replaced = replacedIds(texts);
  const isReplaced = (path: string): boolean => replaced.has(migrationIdOf(baseName(path)) ?? '');
  const sealedIds = new Set(history.migrations.filter(({ sealed }) => sealed).map(({ id }) => id));
  const sealed = [...texts].filter(([name]) => sealedIds.has(migrationIdOf(name) ?? '') || name.endsWith('.rebased'));
  return {
    history,
    leftOut: leftOutRecords(texts),
    sealed: sealed.map(([name, text]) => ({ path: `migrations/${name}`, text, owner: 'history' })),
    diagnostics: judgeHead(head, new Set(paths), folder, force ? () => true : isReplaced),
    isReplaced,
  };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function isCommitted(head: GitHead, id: string): boolean {
  // Without git to ask, what is there may have been run: it stays.
  if (head.kind === 'no-git') return true;
  return head.kind === 'read' && ['.sql', '.json'].some((ending) => head.committed.has(`migrations/${id}${ending}`));
}

/** A committed migration that is missing or changed on disk. */
function judgeHead(
  head: GitHead,
  present: ReadonlySet<string>,
  folder: string,
  mayLack: (path: string) => boolean,
): readonly Diagnostic[] {
  if (head.kind === 'unusable') return [createDiagnostic(unlocated(folder), 'git-unusable', '', head)];
  if (head.kind !== 'read') return [];
  const changed = [...head.changed].filter(isMigrationPath).toSorted();
  return changed.flatMap((path) => {
    if (present.has(path))
      return [createDiagnostic(unlocated(join(folder, path)), 'changed-migration-file', '', { path })];
    return mayLack(path)
      ? []
      : [createDiagnostic(unlocated(join(folder, path)), 'missing-migration-file', '', { path })];
  });
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
