import { join } from 'node:path';
import type { OutputFile } from '../../emit/file.ts';
import { MANIFEST_PATH } from '../manifest.ts';
import { STAGING_FOLDER } from '../output-path.ts';
import type { DiskEntry, DiskState, WritePlan } from '../plan-writes.ts';
import { fileSystem } from './file-system.ts';
import type { FileSystem } from './file-system.ts';
import { applyJournal, commitJournal } from './journal.ts';
import type { JournalEntry } from './journal.ts';

/**
 * Carries out a plan inside `withOutputLock`, all or nothing: everything is written beside, then a
 * journal names what to move where, then it is moved. A death before the journal stands leaves the
 * old files; one after it leaves the new ones as soon as the next build takes the lock. A power cut may
 * also leave compiled files empty, which the next build writes again: only what it could not is synced.
 */
export function writeFiles(root: string, plan: WritePlan, before: DiskState, disk: FileSystem = fileSystem): void {
  if (plan.refusals.length > 0) throw new Error('a plan with refusals may not be carried out');
  if (plan.writes.length + plan.deletes.length === 0) return;
  const files = new Map(plan.writes.map((file) => [file.path, file]));
  const entries = [...files.keys(), ...plan.deletes].map((path, index) =>
    stage(root, { path, file: files.get(path), before: before.get(path), index }, disk),
  );
  commitJournal(root, entries, disk);
  applyJournal(root, disk);
}

interface Step {
  readonly path: string;
  /** Undefined: the file goes. */
  readonly file: OutputFile | undefined;
  readonly before: DiskEntry | undefined;
  readonly index: number;
}

/** Writes the new text, and a copy of the old one, into the staging folder. */
function stage(root: string, { path, file, before, index }: Step, disk: FileSystem): JournalEntry {
  const staged = `new-${index}`;
  const backup = `old-${index}`;
  if (file !== undefined) {
    disk.createFile(join(root, STAGING_FOLDER, staged), file.text);
    if (mustLast(file)) disk.sync(join(root, STAGING_FOLDER, staged));
  }
  if (before?.kind === 'file') disk.copyFile(join(root, path), join(root, STAGING_FOLDER, backup));
  return {
    path,
    ...(file === undefined ? {} : { staged }),
    ...(before?.kind === 'file' ? { before: before.sha256, backup } : {}),
  };
}

/** Migrations and the user's files are not compiled again from the spec; the manifest tells what a build wrote from a hand's text. */
function mustLast({ owner, path }: OutputFile): boolean {
  return owner !== 'compiler' || path === MANIFEST_PATH;
}
