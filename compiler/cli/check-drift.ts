import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../diagnostics/reporter.ts';
import { unlocated } from '../diagnostics/span.ts';
import type { DiskState, WritePlan } from '../output/plan-writes.ts';
import { MANIFEST_PATH, parseManifest } from '../output/manifest.ts';
import { reportRefusals } from '../output/report-refusals.ts';
import { formatUnifiedDiff } from '../output/unified-diff.ts';
import type { FileChange } from '../output/unified-diff.ts';
import { listIgnored } from './git-head.ts';

/** How the disk differs from what a spec compiles to. */
export interface Drift {
  readonly diagnostics: readonly Diagnostic[];
  readonly diff: string;
}

/** Judges what is meant to be committed: an absent file that git ignores is no drift. */
export function checkDrift(
  root: string,
  folder: string,
  { plan, disk }: { readonly plan: WritePlan; readonly disk: DiskState },
): Drift {
  const absent = plan.writes.filter(({ path }) => !disk.has(path)).map(({ path }) => path);
  const ignored = listIgnored(root, absent);
  const changes = [
    ...plan.writes.filter(({ path }) => !ignored.has(path)).map(({ path, text }) => describe(root, disk, path, text)),
    ...plan.deletes.map((path) => describe(root, disk, path, undefined)),
  ].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const isEdited = findEdited(root, disk);
  const drifted = changes.map((change) =>
    createDiagnostic(unlocated(join(folder, change.path)), 'output-drift', '', {
      path: change.path,
      change: isEdited(change.path) ? 'edited' : kindOf(change),
    }),
  );
  return { diagnostics: [...reportRefusals(plan.refusals, folder), ...drifted], diff: formatUnifiedDiff(changes) };
}

function describe(root: string, disk: DiskState, path: string, after: string | undefined): FileChange {
  const before = disk.get(path)?.kind === 'file' ? readFileSync(join(root, path), 'utf8') : undefined;
  return { path, before, after };
}

/** Which files the build would refuse to overwrite: the manifest of the last one has other hashes for them. */
function findEdited(root: string, disk: DiskState): (path: string) => boolean {
  const manifest = disk.get(MANIFEST_PATH)?.kind === 'file' ? readFileSync(join(root, MANIFEST_PATH), 'utf8') : '';
  const { files, conflicted = false } = parseManifest(manifest) ?? {};
  return (path) => {
    const [listed, entry] = [files?.get(path), disk.get(path)];
    if (listed === undefined || entry?.kind !== 'file' || conflicted || entry.ruined) return false;
    return !listed.includes(entry.sha256);
  };
}

function kindOf({ before, after }: FileChange): 'missing' | 'stale' | 'different' {
  if (after === undefined) return 'stale';
  return before === undefined ? 'missing' : 'different';
}
