import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256 } from '../manifest.ts';
import { isMigrationPath } from '../output-path.ts';
import { isRuined } from '../ruined-text.ts';
import type { DiskEntry, DiskState } from '../plan-writes.ts';

/** Looks at the named paths of an output folder, and at every migration in it. */
export function readOutput(root: string, paths: Iterable<string>): DiskState {
  const all = new Set([...paths, ...listMigrations(root)]);
  const look = createLook(root);
  const entries = [...all].map((path) => [path, readEntry(root, path, look)] satisfies [string, DiskEntry | undefined]);
  return new Map(entries.flatMap(([path, entry]) => (entry === undefined ? [] : [[path, entry]])));
}

/** Paths of the migration files in an output folder, in code-unit order. */
export function listMigrations(root: string): readonly string[] {
  if (kindOf(join(root, 'migrations')) !== 'folder') return [];
  const paths = readdirSync(join(root, 'migrations')).map((name) => `migrations/${name}`);
  return paths.filter(isMigrationPath).toSorted();
}

/** What stands at a path, the way to it included. */
type Look = (path: string) => 'file' | 'folder' | 'symlink' | 'other' | 'nothing';

/** Each folder is looked at once. */
function createLook(root: string): Look {
  const known = new Map<string, ReturnType<Look>>();
  const look: Look = (path) => {
    const folder = dirname(path);
    const parent = folder === '.' ? 'folder' : (known.get(folder) ?? look(folder));
    if (parent !== 'folder') return parent === 'file' ? 'other' : parent;
    const found = kindOf(join(root, path));
    known.set(path, found);
    return found;
  };
  return look;
}

function kindOf(path: string): ReturnType<Look> {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 'nothing';
  if (stat.isSymbolicLink()) return 'symlink';
  return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
}

function readEntry(root: string, path: string, look: Look): DiskEntry | undefined {
  switch (look(path)) {
    case 'nothing':
      return undefined;
    case 'symlink':
      return { kind: 'symlink' };
    case 'folder':
    case 'other':
      return { kind: 'not-a-file' };
    case 'file': {
      const bytes = readFileSync(join(root, path));
      const plain = bytes.includes('\r\n') && { plainSha256: sha256(bytes.toString('utf8').replaceAll('\r\n', '\n')) };
      return { kind: 'file', sha256: sha256(bytes), ...plain, ruined: isRuined(bytes) };
    }
  }
}
