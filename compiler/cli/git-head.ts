import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

/** What git knows about the files below a folder. */
export type GitHead =
  | {
      readonly kind: 'read';
      /** Paths in HEAD, or in the head that is being merged, relative to the folder asked about. */
      readonly committed: ReadonlySet<string>;
      /** Those of HEAD that differ on disk, or are missing there. */
      readonly changed: ReadonlySet<string>;
    }
  /** No repository, or one without a commit. */
  | { readonly kind: 'none' }
  /** There is a repository, but no git to ask. */
  | { readonly kind: 'no-git' }
  /** Git refuses, in its own words. */
  | { readonly kind: 'unusable'; readonly reason: string };

interface GitAnswer {
  readonly status: number | null;
  readonly lines: readonly string[];
  readonly complaint: string;
  readonly absent: boolean;
}

/** Asks git which files below `root/subfolder` are committed; a shallow clone will do. */
export function readGitHead(root: string, subfolder: string): GitHead {
  const folder = nearestFolder(root);
  const prefix = posix.join(...relative(folder, root).split(sep), subfolder, '/');
  const inHead = git(folder, ['ls-tree', '-z', '--name-only', 'HEAD', prefix]);
  if (inHead.absent) return { kind: hasRepository(folder) ? 'no-git' : 'none' };
  if (inHead.status !== 0) {
    const head = git(folder, ['rev-parse', '--quiet', '--verify', 'HEAD^{tree}']);
    return explain(head.status === 0 ? inHead : head);
  }
  const merged = git(folder, ['ls-tree', '-z', '--name-only', 'MERGE_HEAD', prefix]);
  const changed = git(folder, [...DIFF, 'HEAD', '--', prefix]);
  if (changed.status !== 0) return explain(changed);
  const start = prefix.length - subfolder.length - 1;
  const strip = (answer: GitAnswer): readonly string[] => answer.lines.map((path) => path.slice(start));
  return {
    kind: 'read',
    committed: new Set([...strip(inHead), ...(merged.status === 0 ? strip(merged) : [])]),
    changed: new Set(strip(changed)),
  };
}

/** Of some paths below a folder, those that git ignores; without git, none. */
export function listIgnored(root: string, paths: readonly string[]): ReadonlySet<string> {
  if (paths.length === 0 || !existsSync(root)) return new Set();
  return new Set(git(root, ['check-ignore', '-z', '--stdin'], paths.join('\0')).lines);
}

const DIFF = ['diff', '-z', '--name-only', '--relative', '--no-renames', '--no-ext-diff', '--diff-filter=MDT'];

function git(folder: string, args: readonly string[], input = ''): GitAnswer {
  const run = spawnSync('git', ['-c', 'core.quotePath=false', ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    // The C locale, since a complaint is recognised by its words.
    env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' },
  });
  return {
    status: run.status,
    lines: run.status === 0 ? run.stdout.split('\0').filter((line) => line !== '') : [],
    complaint: run.stderr ?? '',
    absent: run.error !== undefined && 'code' in run.error && run.error.code === 'ENOENT',
  };
}

function explain({ status, complaint }: GitAnswer): GitHead {
  if (status === 1 || complaint.includes('not a git repository')) return { kind: 'none' };
  const [reason = ''] = complaint.replace(/^fatal: /, '').split('\n');
  return { kind: 'unusable', reason: reason === '' ? `git ended with ${status}` : reason };
}

function nearestFolder(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path));
}

function hasRepository(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true;
  return dirname(folder) !== folder && hasRepository(dirname(folder));
}
