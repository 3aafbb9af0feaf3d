import type { FileSet, OutputFile } from '../emit/file.ts';
import { MANIFEST_PATH, sha256 } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { isMigrationPath, isOutputPath, isUserPath } from './output-path.ts';

/** What stands at a path of the output. A symbolic link, at it or on the way to it, is never followed. */
export type DiskEntry =
  | {
      readonly kind: 'file';
      readonly sha256: string;
      /** Of the same with `\n` for line ends, where a checkout made them `\r\n`. */
      readonly plainSha256?: string;
      readonly ruined: boolean;
    }
  | { readonly kind: 'symlink' }
  | { readonly kind: 'not-a-file' };

type FileEntry = Extract<DiskEntry, { readonly kind: 'file' }>;

/** What the disk holds at every path that the file set, the manifest or `migrations/` names; absent means nothing. */
export type DiskState = ReadonlyMap<string, DiskEntry>;

/** Whether a text that no build left there was made by a merge of texts that builds did; by its hashes, as of `DiskEntry`. */
export type IsMerged = (path: string, hashes: readonly string[]) => boolean;

export interface WriteRequest {
  readonly desired: FileSet;
  /** Undefined when there is none, or none that a build wrote. */
  readonly manifest: Manifest | undefined;
  readonly disk: DiskState;
  /** Paths of sealed migrations: neither written nor deleted. */
  readonly sealed: ReadonlySet<string>;
  /** Whether a path is of a migration that is gone for a reason. */
  readonly isReplaced?: (path: string) => boolean;
  readonly isMerged?: IsMerged;
  /** Overwrite what a hand changed. A link or a folder in the way stays a refusal. */
  readonly force: boolean;
}

/** Why a build may not touch a path. */
export type RefusalReason =
  'edited' | 'unlisted' | 'symlink' | 'not-a-file' | 'missing-migration' | 'unlisted-migration';

export interface Refusal {
  readonly path: string;
  readonly reason: RefusalReason;
}

export interface WritePlan {
  /** In the order to apply: the manifest last. */
  readonly writes: readonly OutputFile[];
  readonly deletes: readonly string[];
  /** Unless this is empty, nothing may be written. */
  readonly refusals: readonly Refusal[];
}

type Verdict = 'keep' | 'change' | RefusalReason;

interface Judged {
  readonly path: string;
  readonly verdict: Verdict;
}

/** Decides what a build writes and deletes, and what it must not touch. */
export function planWrites(request: WriteRequest): WritePlan {
  const wanted = new Map(request.desired.map((file) => [file.path, file]));
  const judged = request.desired.map((file) => ({ path: file.path, verdict: judgeWanted(file, request) }));
  const stale = stalePaths(request, wanted).map((path) => ({ path, verdict: judgeStale(path, request) }));
  const changed = request.desired.filter((_, index) => judged[index]?.verdict === 'change');
  return {
    writes: [...changed.filter((file) => !isManifest(file)), ...changed.filter(isManifest)],
    deletes: stale.filter(({ verdict }) => verdict === 'change').map(({ path }) => path),
    refusals: [...judged, ...stale].flatMap(toRefusal).toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

function judgeWanted(file: OutputFile, request: WriteRequest): Verdict {
  const { manifest, disk, sealed, force } = request;
  if (!isOutputPath(file.path)) throw new Error(`an emitter writes outside the output: ${JSON.stringify(file.path)}`);
  const entry = disk.get(file.path);
  if (entry !== undefined && file.owner === 'scaffold') return 'keep';
  if (entry === undefined) return sealed.has(file.path) ? 'missing-migration' : 'change';
  if (entry.kind !== 'file') return entry.kind;
  const hash = sha256(file.text);
  if (entry.sha256 === hash || entry.plainSha256 === hash) return 'keep';
  if (sealed.has(file.path)) return 'edited';
  if (force || entry.ruined || (isManifest(file) && manifest !== undefined)) return 'change';
  return judgeOrigin(file.path, entry, request);
}

/** Whether text that differs from ours came from a build or from a hand. */
function judgeOrigin(path: string, entry: FileEntry, { manifest, isMerged }: WriteRequest): Verdict {
  const listed = manifest?.files.get(path);
  const hashes = [entry.sha256, entry.plainSha256 ?? []].flat();
  const isOurs =
    listed !== undefined && (manifest?.conflicted === true || hashes.some((hash) => listed.includes(hash)));
  if (isOurs || isMerged?.(path, hashes) === true) return 'change';
  return listed === undefined ? 'unlisted' : 'edited';
}

/** What earlier builds wrote and this one does not. */
function stalePaths({ manifest, disk }: WriteRequest, wanted: ReadonlyMap<string, OutputFile>): readonly string[] {
  const paths = new Set([...(manifest?.files.keys() ?? []), ...[...disk.keys()].filter(isMigrationPath)]);
  return [...paths].filter((path) => !wanted.has(path) && !isUserPath(path) && path !== MANIFEST_PATH).toSorted();
}

function judgeStale(path: string, request: WriteRequest): Verdict {
  const { disk, sealed, force, isReplaced } = request;
  const entry = disk.get(path);
  if (entry === undefined) {
    return isMigrationPath(path) && !force && isReplaced?.(path) !== true ? 'missing-migration' : 'keep';
  }
  if (sealed.has(path)) return 'keep';
  if (entry.kind !== 'file') return entry.kind;
  if (force || entry.ruined) return 'change';
  const verdict = judgeOrigin(path, entry, request);
  return verdict === 'unlisted' ? 'unlisted-migration' : verdict;
}

function toRefusal({ path, verdict }: Judged): readonly Refusal[] {
  return verdict === 'keep' || verdict === 'change' ? [] : [{ path, reason: verdict }];
}

function isManifest(file: OutputFile): boolean {
  return file.path === MANIFEST_PATH;
}
