import {
  closeSync,
  copyFileSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { makeFolder } from '../../../runtime/environment/make-folder.ts';
import { sha256 } from '../manifest.ts';
import { textPieces } from '../text-pieces.ts';

/** The few steps that change a disk. Tests count them, and die at each. */
export interface FileSystem {
  readonly makeFolder: (path: string) => void;
  /** Writes a new file, which a power cut may leave empty; one that exists is an error. */
  readonly createFile: (path: string, text: string) => void;
  readonly copyFile: (from: string, to: string) => void;
  readonly rename: (from: string, to: string) => void;
  readonly removeFile: (path: string) => void;
  /** Removes an empty folder and says whether it did. */
  readonly removeFolder: (path: string) => boolean;
  readonly removeTree: (path: string) => void;
  /** Forces a file, or a folder's entries, to the disk. */
  readonly sync: (path: string) => void;
}

/** The real disk. */
export const fileSystem: FileSystem = {
  makeFolder: (path) => makeFolder(path),
  createFile,
  copyFile: (from, to) => copyFileSync(from, to),
  rename: renameSync,
  removeFile: (path) => rmSync(path, { force: true }),
  removeFolder,
  removeTree: (path) => rmSync(path, { recursive: true, force: true }),
  sync,
};

function createFile(path: string, text: string): void {
  const file = openSync(path, 'wx');
  try {
    for (const piece of textPieces(text)) writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
}

/** SHA-256 of a file, or undefined where none is. */
export function hashIfPresent(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true ? sha256(readFileSync(path)) : undefined;
}

function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function removeFolder(path: string): boolean {
  try {
    rmdirSync(path);
    return true;
  } catch {
    // Not empty, or already gone: both are fine.
    return false;
  }
}
