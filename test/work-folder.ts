import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
/** Packages are found from it as from the repository itself; one a checkout. */
const HOME = join(tmpdir(), `supercompile-work-${createHash('sha256').update(ROOT).digest('hex').slice(0, 8)}`);

/** A new folder, from which compiled code finds the repository's packages. */
export function createFolder(name: string): string {
  mkdirSync(HOME, { recursive: true });
  linkPackages();
  return mkdtempSync(join(HOME, `${name}-`));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

function linkPackages(): void {
  try {
    symlinkSync(join(ROOT, 'node_modules'), join(HOME, 'node_modules'));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
