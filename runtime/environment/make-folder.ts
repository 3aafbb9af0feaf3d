import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** With those above it, one by one: Node.js never ends where the system has no folder and makes none, as in /proc. */
export function makeFolder(path: string, mode = 0o777): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (!existsSync(dirname(path))) makeFolder(dirname(path), mode);
  mkdirSync(path, { mode });
}
