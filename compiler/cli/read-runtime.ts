import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { OutputFile } from '../emit/file.ts';
import { PACKAGE_ROOT } from './package-root.ts';

/** The runtime's sources, as every compiled backend carries them. */
export function readRuntime(): readonly OutputFile[] {
  const root = join(PACKAGE_ROOT, 'runtime');
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: toOutputPath(root, path), text: readFileSync(path, 'utf8'), owner: 'compiler' }) as const)
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function toOutputPath(root: string, path: string): string {
  return ['runtime', ...relative(root, path).split(sep)].join('/');
}
