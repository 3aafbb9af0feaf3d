import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { MANIFEST_PATH, parseManifest, sha256 } from '../output/manifest.ts';
import type { IsMerged } from '../output/plan-writes.ts';

/**
 * Tells the text that a merge made from what a hand wrote: that of one side, as its own build left it, or what git
 * makes of both by itself. Asks git only when a path is asked about, of the merge that is going on or was committed last.
 */
export function mergedOutput(root: string): IsMerged {
  const read = (revision: string, path: string): Buffer | undefined => git(root, 'show', `${revision}:./${path}`);
  const once = createOnce(() => readMerge(root, read));
  return (path, hashes) => {
    const merge = once();
    if (merge === undefined) return false;
    const texts = merge.sides.map(({ revision, manifest }) => ({ manifest, text: read(revision, path) }));
    const present = texts.flatMap(({ manifest, text }) =>
      text === undefined ? [] : [{ manifest, hash: sha256(text) }],
    );
    const isCompiled = present.every(({ manifest, hash }) => manifest?.files.get(path)?.includes(hash) === true);
    if (!isCompiled) return false;
    const both = merge.both === undefined ? undefined : read(merge.both, path);
    const known = [...present.map(({ hash }) => hash), ...(both === undefined ? [] : [sha256(both)])];
    return known.some((hash) => hashes.includes(hash));
  };
}

interface Merge {
  readonly sides: readonly {
    readonly revision: string;
    readonly manifest: ReturnType<typeof parseManifest>;
  }[];
  /** The tree that git makes of both, where this git can tell (from 2.38 on). */
  readonly both: string | undefined;
}

function readMerge(root: string, read: (revision: string, path: string) => Buffer | undefined): Merge | undefined {
  if (!existsSync(root)) return undefined;
  const going = line(git(root, 'rev-parse', '--quiet', '--verify', 'MERGE_HEAD'));
  const [, ...parents] = (line(git(root, 'rev-list', '--parents', '-n', '1', 'HEAD')) ?? '').split(' ');
  const [ours, theirs] = going === undefined ? parents : ['HEAD', going];
  if (ours === undefined || theirs === undefined) return undefined;
  const sides = [ours, theirs].map((revision) => ({
    revision,
    manifest: parseManifest(read(revision, MANIFEST_PATH)?.toString('utf8') ?? ''),
  }));
  return { sides, both: line(git(root, 'merge-tree', '--write-tree', ours, theirs)) };
}

function line(output: Buffer | undefined): string | undefined {
  const [first = ''] = output?.toString('utf8').split('\n') ?? [];
  return first === '' ? undefined : first;
}

/** What git prints; `merge-tree` ends with 1 where not all can be merged, and prints its tree all the same. */
function git(folder: string, ...args: readonly string[]): Buffer | undefined {
  const run = spawnSync('git', args, { cwd: folder, maxBuffer: 1 << 28, env: { ...process.env, LC_ALL: 'C' } });
  return run.status === 0 || (args[0] === 'merge-tree' && run.status === 1) ? run.stdout : undefined;
}

function createOnce<Value>(make: () => Value): () => Value {
  const made: Value[] = [];
  return () => {
    const [known] = made;
    if (known !== undefined) return known;
    const value = make();
    made.push(value);
    return value;
  };
}
