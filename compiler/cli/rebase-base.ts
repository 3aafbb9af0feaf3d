import { spawnSync } from 'node:child_process';

/** Which commit the migrations of a branch are put on top of, and the migrations that it has. */
export interface RebaseBase {
  /** As it was named, or found: `origin/main`. */
  readonly name: string;
  readonly ids: ReadonlySet<string>;
}

/**
 * Finds what a branch is rebased onto: the commit that was named, or the first of the usual ones that has some of the
 * branches but not all of them. On the main branch itself, what was there before the merge stays.
 */
export function findRebaseBase(
  folder: string,
  named: string | undefined,
  isFit: (ids: ReadonlySet<string>) => boolean,
): RebaseBase | undefined {
  if (named !== undefined) {
    const commit = commitOf(folder, named);
    const ids = commit === undefined ? new Set<string>() : migrationsOf(folder, commit);
    return isFit(ids) ? { name: named, ids } : undefined;
  }
  for (const name of known(folder, usual(folder))) {
    const ids = migrationsOf(folder, name);
    if (isFit(ids)) return { name, ids };
  }
  return undefined;
}

/** Of a name in any spelling that git knows: a branch, a tag, `:/words of its message`. */
function commitOf(folder: string, name: string): string | undefined {
  const [id] = git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', name]) ?? [];
  return id;
}

const MAIN = ['main', 'master'];

function usual(folder: string): readonly string[] {
  const [current = ''] = git(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD']) ?? [];
  const parents = MAIN.includes(current) ? ['HEAD^1', 'HEAD^2'] : ['HEAD^2', 'HEAD^1'];
  return ['origin/HEAD', ...MAIN, ...(MAIN.includes(current) ? ['HEAD'] : []), 'MERGE_HEAD', ...parents];
}

/** Those of the names that are commits. */
function known(folder: string, names: readonly string[]): readonly string[] {
  const asked = names.map((name) => `${name}^{commit}`);
  const answers = git(folder, ['cat-file', '--batch-check'], asked.join('\n')) ?? [];
  return names.filter((_, index) => / commit \d+$/.test(answers[index] ?? ''));
}

/** Ids of the migrations that a commit has in a folder; none where it has no such folder. */
function migrationsOf(folder: string, commit: string): ReadonlySet<string> {
  const names = git(folder, ['ls-tree', '--full-tree', '--name-only', `${commit}:./migrations`]) ?? [];
  return new Set(names.flatMap((name) => /^(\d{4,}_[a-z0-9_]+)\.json$/.exec(name)?.[1] ?? []));
}

/** Lines of what git answers; undefined where it refuses. */
function git(folder: string, args: readonly string[], input = ''): readonly string[] | undefined {
  const { status, stdout } = spawnSync('git', ['-c', 'core.quotePath=false', ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' },
  });
  return status === 0 ? stdout.split('\n').filter((line) => line !== '') : undefined;
}
