import { createHash, hash } from 'node:crypto';
import type { FileSet, OutputFile } from '../emit/file.ts';
import { hasConflictMarkers } from './conflict-markers.ts';
import { isOutputPath } from './output-path.ts';
import { MOST_AT_ONCE, textPieces } from './text-pieces.ts';

/** Where the manifest stands in a backend. */
export const MANIFEST_PATH = 'manifest.json';

/** What a build wrote, so that the next one can tell its own text from a hand's. */
export interface Manifest {
  /** Hashes by path. One each, but for a manifest in the middle of a merge: there, those of both sides. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  /** Left by a merge with conflict markers: both sides are in git, so listed files may be regenerated unread. */
  readonly conflicted: boolean;
  /** Ids of migrations that were written without proof. */
  readonly unproven: readonly string[];
}

/** Which compiler made the files, from what. */
export interface BuildIdentity {
  readonly compilerVersion: string;
  /** SHA-256 of the spec's text. */
  readonly specHash: string;
  /** Migrations that nobody proved (`build --no-verify`). */
  readonly unproven?: readonly string[];
}

/** SHA-256 of a text, in hexadecimal. */
export function sha256(text: string | Uint8Array): string {
  if (typeof text !== 'string' || text.length <= MOST_AT_ONCE) return hash('sha256', text);
  const whole = createHash('sha256');
  for (const piece of textPieces(text)) whole.update(piece);
  return whole.digest('hex');
}

/** The manifest of a file set as a file of it: everything but the user's scaffolds, one path a line; `kept` are hashes of files that stay as they are. */
export function emitManifest(
  files: FileSet,
  identity: BuildIdentity,
  kept: ReadonlyMap<string, string> = new Map(),
): OutputFile {
  const written = files
    .filter((file) => file.owner !== 'scaffold')
    .map((file) => [file.path, sha256(file.text)] satisfies [string, string]);
  const hashes = [...written, ...kept].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const manifest = {
    compilerVersion: identity.compilerVersion,
    specHash: identity.specHash,
    ...(identity.unproven === undefined || identity.unproven.length === 0
      ? {}
      : { unproven: Object.fromEntries(identity.unproven.map((id) => [id, true])) }),
    files: Object.fromEntries(hashes),
  };
  return { path: MANIFEST_PATH, text: `${JSON.stringify(manifest, undefined, 2)}\n`, owner: 'compiler' };
}

/** Reads a manifest, however damaged: text that is none of ours yields undefined. */
export function parseManifest(text: string): Manifest | undefined {
  // Line by line, since a merge may have left both sides' lines and no JSON.
  const files = new Map<string, string[]>();
  for (const [, path = '', hash = ''] of text.matchAll(/^ {4}"([^"\\]+)": "([0-9a-f]{64})",?\r?$/gm)) {
    if (isOutputPath(path)) files.set(path, [...(files.get(path) ?? []), hash]);
  }
  const conflicted = hasConflictMarkers(text);
  const unproven = [...text.matchAll(/^ {4}"(\d{4,}_[a-z0-9_]+)": true,?\r?$/gm)].map(([, id = '']) => id);
  return files.size === 0 && !conflicted ? undefined : { files, conflicted, unproven };
}
