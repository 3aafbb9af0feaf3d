import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { History } from '../../plan/migration/history.ts';
import { lockDirectory } from '../../../runtime/database/directory-lock.ts';

/** Where one run of dev keeps its copies of the data; all of it goes when the run ends. */
export interface SessionFolder {
  readonly path: string;
  /** A name for a data directory that does not exist yet. */
  newData(): string;
  /** Writes migrations into a folder of their own. */
  writeMigrations(history: History): string;
  /** @throws DataDirectoryLocked where another process has `from` open */
  copyData(from: string, to: string): Promise<void>;
  discard(data: string): void;
  remove(): void;
}

const PREFIX = 'supercompile-dev-';

/** Makes the folder of this run and removes those of runs that were killed. */
export function openSessionFolder(): SessionFolder {
  const parent = parentFolder();
  removeAbandoned(parent);
  const path = mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
  let count = 0;
  const next = (kind: string): string => join(path, `${kind}-${(count += 1)}`);
  return {
    path,
    newData: () => next('data'),
    writeMigrations: (history) => writeMigrations(next('migrations'), history),
    copyData,
    discard: (data) => rmSync(data, { recursive: true, force: true }),
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Memory is twenty times as fast as most disks at copying a thousand small files; a container may have hardly any. */
function parentFolder(): string {
  const memory = '/dev/shm';
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > ENOUGH_BYTES ? memory : tmpdir();
  } catch {
    // Not on this system.
    return tmpdir();
  }
}

/** Three copies of 40 MB, and room for rows. */
const ENOUGH_BYTES = 1024 * 1024 * 1024;

function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const owner = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    if (Number.isNaN(owner) || isAlive(owner)) continue;
    try {
      rmSync(join(parent, name), { recursive: true, force: true });
    } catch {
      // Another user's.
    }
  }
}

function isAlive(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function writeMigrations(folder: string, { migrations }: History): string {
  mkdirSync(folder);
  for (const { id, sql, json } of migrations) {
    if (sql !== undefined) writeFileSync(join(folder, `${id}.sql`), sql);
    if (json !== undefined) writeFileSync(join(folder, `${id}.json`), json);
  }
  return folder;
}

/** Copies the developer's own data while nobody else has it open; without any there is nothing to copy. */
async function copyData(from: string, to: string): Promise<void> {
  if (!existsSync(join(from, 'postgres'))) return;
  const lock = await lockDirectory(from);
  try {
    cpSync(from, to, { recursive: true, filter: (path) => path !== join(from, 'lock') });
  } finally {
    lock.release();
  }
}
