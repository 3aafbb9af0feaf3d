import { existsSync, truncateSync } from 'node:fs';
import { fileSystem } from '../../compiler/output/disk/file-system.ts';
import type { FileSystem } from '../../compiler/output/disk/file-system.ts';

/** The real disk until it dies: from then on every step fails, so that what stands is what stood at that moment. */
export interface MortalDisk {
  readonly disk: FileSystem;
  /** Steps taken, the one it died at among them. */
  readonly steps: () => number;
  /** Empties the files that were not forced to the disk, as a power cut may. */
  readonly losePower: () => void;
}

/** A disk that runs `die` just before the step of that number, and each later one; 0 is no step's number. */
export function mortalDisk(deadline: number, die: () => void = giveOut): MortalDisk {
  /** Files whose text is in memory alone. */
  const unsynced = new Set<string>();
  let steps = 0;
  const step = <T>(work: () => T, then?: () => void): T => {
    steps += 1;
    if (deadline > 0 && steps >= deadline) die();
    const outcome = work();
    then?.();
    return outcome;
  };
  const follow = (from: string, to: string): void => {
    if (unsynced.delete(from)) unsynced.add(to);
    else unsynced.delete(to);
  };
  return {
    disk: {
      makeFolder: (path) => step(() => fileSystem.makeFolder(path)),
      createFile: (path, text) =>
        step(
          () => fileSystem.createFile(path, text),
          () => unsynced.add(path),
        ),
      copyFile: (from, to) =>
        step(
          () => fileSystem.copyFile(from, to),
          () => unsynced.add(to),
        ),
      rename: (from, to) =>
        step(
          () => fileSystem.rename(from, to),
          () => follow(from, to),
        ),
      removeFile: (path) => step(() => fileSystem.removeFile(path)),
      removeFolder: (path) => step(() => fileSystem.removeFolder(path)),
      removeTree: (path) => step(() => fileSystem.removeTree(path)),
      sync: (path) =>
        step(
          () => fileSystem.sync(path),
          () => unsynced.delete(path),
        ),
    },
    steps: () => steps,
    losePower: () => {
      for (const path of unsynced) if (existsSync(path)) truncateSync(path);
    },
  };
}

/** What a dead disk answers. */
export class DiskDied extends Error {}

function giveOut(): void {
  throw new DiskDied('the disk is dead');
}
