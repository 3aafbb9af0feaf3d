import { readdirSync, statSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What is watched. */
export interface Watched {
  readonly spec: string;
  /** The user's code; it may not be there yet. */
  readonly custom: string;
}

export interface Watch {
  close(): void;
}

/** For file systems that tell nothing, and for folders that come back, in milliseconds. */
const POLL = 500;

/** Longest that one save may take from its first event to its last, in milliseconds. */
const QUIET = 25;

/** Calls back once the spec or the user's code have changed and are quiet again, with the time of the first event. */
export function watchFiles(watched: Watched, onChange: (since: number) => void): Watch {
  let seen = fingerprint(watched);
  let since: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const settle = (): void => {
    const now = fingerprint(watched);
    const first = since;
    since = undefined;
    if (now === seen || first === undefined) return;
    seen = now;
    onChange(first);
  };
  const notice = (): void => {
    since ??= performance.now();
    clearTimeout(timer);
    timer = setTimeout(settle, QUIET);
  };
  const folders = new Map<string, FSWatcher>();
  const arm = (): void => {
    // The folder and not the file: an editor that saves by renaming leaves a watched file behind.
    armFolder(folders, dirname(watched.spec), false, (name) => name === basename(watched.spec) && notice());
    armFolder(folders, watched.custom, true, notice);
  };
  arm();
  const poll = setInterval(() => {
    arm();
    if (fingerprint(watched) !== seen && since === undefined) notice();
  }, POLL);
  return {
    close: () => {
      clearInterval(poll);
      clearTimeout(timer);
      for (const watcher of folders.values()) watcher.close();
    },
  };
}

function armFolder(
  folders: Map<string, FSWatcher>,
  folder: string,
  recursive: boolean,
  onEvent: (name: string | null) => void,
): void {
  if (folders.has(folder)) return;
  try {
    const watcher = watch(folder, { recursive }, (_, name) => onEvent(name));
    const forget = (): void => {
      watcher.close();
      folders.delete(folder);
    };
    watcher.on('error', forget);
    folders.set(folder, watcher);
  } catch {
    // Absent, or the system has no more watches to give: polling goes on.
  }
}

/** Differs once the spec or a file of the user's code has changed. */
function fingerprint({ spec, custom }: Watched): string {
  return `${stamp(spec)}\n${fingerprintOf(custom)}`;
}

/** Differs once a file in a folder has changed. */
export function fingerprintOf(folder: string): string {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const own = files.filter((path) => !path.includes('node_modules'));
    return own
      .toSorted()
      .map((path) => `${path} ${stamp(path)}`)
      .join('\n');
  } catch {
    return '';
  }
}

function stamp(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.size} ${stat.mtimeNs} ${stat.ino}`;
}
