import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { STAGING_FOLDER } from '../output-path.ts';
import type { FileSystem } from './file-system.ts';
import { fileSystem } from './file-system.ts';
import { applyJournal, hasJournal } from './journal.ts';

const OWNER = 'owner';

/** Another build is writing to the same output. */
export class OutputBusy extends Error {
  readonly folder: string;
  /** Its process id. */
  readonly owner: number;

  constructor(folder: string, owner: number) {
    super(`${folder} is held by process ${owner}`);
    this.folder = folder;
    this.owner = owner;
  }
}

/**
 * Holds an output folder for `work` alone. A build that died while writing is finished first, or
 * undone if it had not come far enough.
 * @throws OutputBusy when a living process holds it.
 */
export async function withOutputLock<T>(
  root: string,
  work: () => Promise<T>,
  disk: FileSystem = fileSystem,
): Promise<T> {
  const isNew = !existsSync(root);
  disk.makeFolder(root);
  const staging = join(root, STAGING_FOLDER);
  acquire(root, staging, disk);
  try {
    return await work();
  } finally {
    // A journal that could not be carried out to its end stays for the next build.
    if (!hasJournal(root)) disk.removeTree(staging);
    if (isNew) disk.removeFolder(root);
  }
}

/** A folder that already names its owner is moved into place, which fails when another stands there. */
function acquire(root: string, staging: string, disk: FileSystem): void {
  const prepared = `${staging}.${process.pid}`;
  removeAbandoned(root, disk);
  disk.makeFolder(prepared);
  disk.createFile(join(prepared, OWNER), String(process.pid));
  try {
    if (tryRename(prepared, staging, disk)) return;
    const owner = readOwner(staging);
    if (owner !== undefined && isAlive(owner)) throw new OutputBusy(staging, owner);
    applyJournal(root, disk);
    disk.removeTree(staging);
    if (!tryRename(prepared, staging, disk)) throw new OutputBusy(staging, readOwner(staging) ?? 0);
  } finally {
    disk.removeTree(prepared);
  }
}

/** Folders prepared by builds that died before they could move them into place. */
function removeAbandoned(root: string, disk: FileSystem): void {
  for (const name of readdirSync(root)) {
    const owner = name.startsWith(`${STAGING_FOLDER}.`) ? Number(name.slice(STAGING_FOLDER.length + 1)) : undefined;
    if (owner !== undefined && !isAlive(owner)) disk.removeTree(join(root, name));
  }
}

function tryRename(from: string, to: string, disk: FileSystem): boolean {
  try {
    disk.rename(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(String(error.code))) {
      return false;
    }
    throw error;
  }
}

function readOwner(staging: string): number | undefined {
  try {
    return Number(readFileSync(join(staging, OWNER), 'utf8'));
  } catch {
    return undefined;
  }
}

function isAlive(owner: number): boolean {
  // In containers every build may have the same number: an owner that is called like us is an earlier one.
  if (owner === process.pid || !Number.isInteger(owner) || owner <= 0) return false;
  try {
    process.kill(owner, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
