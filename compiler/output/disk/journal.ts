import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { STAGING_FOLDER, isOutputPath } from '../output-path.ts';
import { hashIfPresent } from './file-system.ts';
import type { FileSystem } from './file-system.ts';

const JOURNAL = 'journal.json';

/** What the journal is called while it is being undone. */
const UNDO = 'undo.json';

/** One file to move into place, or (without `staged`) to remove. */
export interface JournalEntry {
  readonly path: string;
  /** Name of the new text inside the staging folder. */
  readonly staged?: string;
  /** SHA-256 of what stood there when the build decided; absent: nothing did. */
  readonly before?: string;
  /** Name of a copy of what stood there, inside the staging folder. */
  readonly backup?: string;
}

/** Makes a staged set of files final: from here on it is carried out, if need be by the next build. */
export function commitJournal(root: string, entries: readonly JournalEntry[], disk: FileSystem): void {
  const draft = inStaging(root, 'journal.new');
  disk.createFile(draft, JSON.stringify(entries));
  disk.sync(draft);
  disk.rename(draft, inStaging(root, JOURNAL));
  disk.sync(join(root, STAGING_FOLDER));
}

/** Whether a committed journal waits to be carried out, or undone. */
export function hasJournal(root: string): boolean {
  return [JOURNAL, UNDO].some((name) => existsSync(inStaging(root, name)));
}

/**
 * Carries out a committed journal, from wherever an earlier attempt stopped; without one, does
 * nothing. If a step fails, all steps are undone and the failure is thrown.
 */
export function applyJournal(root: string, disk: FileSystem): void {
  if (existsSync(inStaging(root, UNDO))) return undoJournal(root, disk);
  if (!existsSync(inStaging(root, JOURNAL))) return;
  try {
    const entries = readJournal(inStaging(root, JOURNAL));
    for (const folder of targetFolders(root, entries)) disk.makeFolder(folder);
    for (const entry of entries) applyEntry(root, entry, disk);
  } catch (error) {
    disk.rename(inStaging(root, JOURNAL), inStaging(root, UNDO));
    undoJournal(root, disk);
    throw error;
  }
  disk.removeFile(inStaging(root, JOURNAL));
}

function undoJournal(root: string, disk: FileSystem): void {
  const entries = readJournal(inStaging(root, UNDO));
  for (const entry of entries.toReversed()) undoEntry(root, entry, disk);
  disk.removeFile(inStaging(root, UNDO));
}

function applyEntry(root: string, { path, staged, before }: JournalEntry, disk: FileSystem): void {
  const target = join(root, path);
  if (staged !== undefined && !existsSync(inStaging(root, staged))) return;
  const current = hashIfPresent(target);
  // Edited since the build decided: the edit stays, and the next build names it.
  if (current !== undefined && current !== before) return;
  if (staged === undefined) {
    disk.removeFile(target);
    removeEmptyFolders(root, path, disk);
  } else {
    disk.rename(inStaging(root, staged), target);
  }
}

function undoEntry(root: string, { path, staged, backup }: JournalEntry, disk: FileSystem): void {
  const target = join(root, path);
  const isApplied = staged === undefined ? !existsSync(target) : !existsSync(inStaging(root, staged));
  if (!isApplied) return removeEmptyFolders(root, path, disk);
  if (backup === undefined) {
    disk.removeFile(target);
    removeEmptyFolders(root, path, disk);
  } else {
    disk.makeFolder(dirname(target));
    disk.copyFile(inStaging(root, backup), inStaging(root, 'restored'));
    disk.rename(inStaging(root, 'restored'), target);
  }
}

function removeEmptyFolders(root: string, path: string, disk: FileSystem): void {
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    if (!disk.removeFolder(join(root, folder))) return;
  }
}

/** Where files are moved to. */
function targetFolders(root: string, entries: readonly JournalEntry[]): ReadonlySet<string> {
  return new Set(entries.filter(({ staged }) => staged !== undefined).map(({ path }) => dirname(join(root, path))));
}

function inStaging(root: string, name: string): string {
  return join(root, STAGING_FOLDER, name);
}

function readJournal(path: string): readonly JournalEntry[] {
  const entries: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!Array.isArray(entries)) throw new Error(`${path} is not a journal`);
  return entries.map(readEntry);
}

function readEntry(entry: unknown): JournalEntry {
  const { path, staged, before, backup } = asRecord(entry);
  if (typeof path !== 'string' || !isOutputPath(path)) throw new Error('a journal names no path');
  return {
    path,
    ...(typeof staged === 'string' ? { staged } : {}),
    ...(typeof before === 'string' ? { before } : {}),
    ...(typeof backup === 'string' ? { backup } : {}),
  };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
