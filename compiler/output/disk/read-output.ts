import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hasConflictMarkers } from '../conflict-markers.ts';
import { sha256 } from '../manifest.ts';
import { isMigrationPath } from '../output-path.ts';
import type { DiskEntry, DiskState } from '../plan-writes.ts';

/** Looks at the named paths of an output folder, and at every migration in it. */
export function readOutput(root: string, paths: Iterable<string>): DiskState {
  const all = new Set([...paths, ...listMigrations(root)]);
  const entries = [...all].map((path) => [path, readEntry(root, path)] satisfies [string, DiskEntry | undefined]);
  return new Map(entries.flatMap(([path, entry]) => (entry === undefined ? [] : [[path, entry]])));
}

/** Paths of the migration files in an output folder, in code-unit order. */
export function listMigrations(root: string): readonly string[] {
  if (readEntry(root, 'migrations')?.kind !== 'not-a-file') return [];
  if (!lstatSync(join(root, 'migrations')).isDirectory()) return [];
  const paths = readdirSync(join(root, 'migrations')).map((name) => `migrations/${name}`);
  return paths.filter(isMigrationPath).toSorted();
}

function readEntry(root: string, path: string): DiskEntry | undefined {
  const segments = path.split('/');
  for (let depth = 1; depth <= segments.length; depth += 1) {
    const stat = lstatSync(join(root, ...segments.slice(0, depth)), { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    if (stat.isSymbolicLink()) return { kind: 'symlink' };
    const isLast = depth === segments.length;
    if (isLast ? !stat.isFile() : !stat.isDirectory()) return { kind: 'not-a-file' };
  }
  const bytes = readFileSync(join(root, path));
  return { kind: 'file', sha256: sha256(bytes), conflicted: hasConflictMarkers(bytes.toString('utf8')) };
}
