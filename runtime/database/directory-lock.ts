import type { DatabaseSync } from 'node:sqlite';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../environment/make-folder.ts';

/** Another process (or another part of this one) has the data directory open. */
export class DataDirectoryLocked extends Error {
  override readonly name = 'DataDirectoryLocked';
  readonly directory: string;

  constructor(directory: string) {
    super(
      `the embedded database in ${directory} is open in another process; ` +
        'stop that one first, or set DATABASE_URL to a Postgres server, which many processes can share',
    );
    this.directory = directory;
  }
}

export interface DirectoryLock {
  release(): void;
}

/**
 * Takes the directory for this process. Two processes in one PGlite directory lose committed rows
 * without an error, so the lock must neither be missed nor outlive its holder. Node has no file
 * locks of its own; SQLite's are the operating system's (`fcntl`), which the kernel releases however
 * the process ends, with no process id to go stale and no race between two starters.
 *
 * @throws DataDirectoryLocked
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  makeFolder(directory, 0o700);
  // SQLite would not say why it cannot open the file.
  accessSync(directory, constants.W_OK);
  const { DatabaseSync } = await importSqlite();
  const lock = new DatabaseSync(join(directory, 'lock'));
  try {
    // No journal beside it: nothing is ever written.
    lock.exec('pragma journal_mode = memory; begin exclusive');
  } catch (error) {
    lock.close();
    if (isBusy(error)) throw new DataDirectoryLocked(directory);
    throw error;
  }
  held.add(lock);
  return {
    release: () => {
      if (held.delete(lock)) lock.close();
    },
  };
}

/** A lock that nobody refers to would be collected, and its file closed. */
const held = new Set<DatabaseSync>();

const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

/** Node 22 calls `node:sqlite` experimental on stderr at its first import; a lock is no news to the user. */
async function importSqlite(): Promise<typeof import('node:sqlite')> {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return await import('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
