import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this package: the checkout, or where it was installed. Its build lies one level deeper than its sources. */
export const PACKAGE_ROOT = findRoot(import.meta.dirname);

/** The version in this package's own package.json. */
export function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'));
  const isNamed = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isNamed ? String(manifest.version) : 'unknown';
}

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'compiler', 'cli', 'supercompile.js'))) return folder;
  if (dirname(folder) === folder) throw new Error('the package is incomplete: its command is missing');
  return findRoot(dirname(folder));
}
