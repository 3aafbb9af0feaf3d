import { PGlite } from '@electric-sql/pglite';
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { untar, type TarEntry } from './untar.ts';

/**
 * The files of an empty cluster of one database. PGlite takes seconds for `initdb` and a fraction of one to start
 * from what it made, so the first one is kept in the temporary directory, one a version of PGlite.
 */
export async function preparedCluster(): Promise<readonly TarEntry[]> {
  const path = archivePath();
  const unpacked = latest?.path === path ? latest?.entries.deref() : undefined;
  if (unpacked !== undefined) return unpacked;
  const entries = filesOf(await preparedArchive());
  latest = { path, entries: new WeakRef(entries) };
  return entries;
}

/** Who opens several databases unpacks the archive once, as long as nobody needs its 10 MB. */
let latest: { readonly path: string | undefined; readonly entries: WeakRef<readonly TarEntry[]> } | undefined;

/**
 * Makes a new data directory from the prepared cluster, all or nothing: a process that is killed
 * in between leaves a directory that the next one replaces.
 */
export async function createClusterDirectory(directory: string): Promise<void> {
  const draft = `${directory}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  for (const entry of filesOf(await preparedArchive())) {
    const path = join(draft, entry.path);
    mkdirSync(entry.directory ? path : dirname(path), { recursive: true, mode: 0o700 });
    if (!entry.directory) writeFileSync(path, entry.data, { mode: 0o600 });
  }
  renameSync(draft, directory);
}

/** Without the mark of the process that made them. */
function filesOf(archive: Uint8Array): readonly TarEntry[] {
  return [...untar(archive)].filter(({ path }) => path !== 'postmaster.pid');
}

async function preparedArchive(): Promise<Uint8Array<ArrayBuffer>> {
  const path = archivePath();
  const kept = path === undefined ? undefined : readArchive(path);
  if (kept !== undefined) return kept;
  const made = await makeArchive();
  if (path !== undefined) keepArchive(path, made);
  return made;
}

/** PGlite only ever opens `postgres`; the templates are two thirds of the files that each start would copy. */
const WITHOUT_OTHER_DATABASES = [
  `update pg_database set datistemplate = false where datname <> 'postgres'`,
  'drop database template0',
  'drop database template1',
];

/** Files of its log of a megabyte, not of sixteen: each start in memory copies them, most of it zeros. */
const SMALL_LOG = ['--wal-segsize=1'];

async function makeArchive(): Promise<Uint8Array<ArrayBuffer>> {
  const cluster = await PGlite.create('memory://', { initDbStartParams: SMALL_LOG });
  try {
    for (const statement of WITHOUT_OTHER_DATABASES) await cluster.exec(statement);
    await cluster.exec('checkpoint');
    return new Uint8Array(await (await cluster.dumpDataDir('none')).arrayBuffer());
  } finally {
    await cluster.close();
  }
}

/** Where an archive may be kept; `undefined` where nobody but us can be kept from writing. */
export function archivePath(): string | undefined {
  const folder = cacheFolder();
  return folder === undefined ? undefined : join(folder, `${pgliteVersion()}-stored.tar.gz`);
}

/** `undefined` when there is none, or when it is damaged: gzip's checksum covers every byte. */
function readArchive(path: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return new Uint8Array(gunzipSync(readFileSync(path), { chunkSize: 2 ** 24 }));
  } catch {
    return undefined;
  }
}

/** Complete or not at all, whoever else writes it now; a full disk costs only the next start its speed. */
function keepArchive(path: string, archive: Uint8Array): void {
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, gzipSync(archive, { level: 0 }), { mode: 0o600 });
    renameSync(draft, path);
  } catch {
    rmSync(draft, { force: true });
  }
}

/** A folder only this user can write to; `undefined` where the name is taken by someone else. */
function cacheFolder(): string | undefined {
  const owner = process.getuid?.() ?? 0;
  const folder = join(tmpdir(), `supercompile-pglite-${owner}`);
  try {
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = lstatSync(folder);
    const isOurs = lstatSync(folder).isDirectory() && (process.getuid === undefined || uid === owner);
    return isOurs && (mode & 0o077) === 0 ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** Read beside PGlite's entry point: its `exports` hide package.json. */
function pgliteVersion(): string {
  const entry = fileURLToPath(import.meta.resolve('@electric-sql/pglite'));
  const manifest: unknown = JSON.parse(readFileSync(join(dirname(dirname(entry)), 'package.json'), 'utf8'));
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isManifest ? String(manifest.version) : 'unknown';
}
