import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the spec declares to be someone else's on the migrated tables, as `snapshot.json` of a `migrations/` folder has it. */
export function readUnmanaged(folder: string): readonly string[] {
  const snapshot = parse(readText(join(folder, 'snapshot.json')));
  const isObject = typeof snapshot === 'object' && snapshot !== null && 'unmanaged' in snapshot;
  const names: unknown = isObject ? snapshot.unmanaged : [];
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}

/** The snapshot is a cache: without it nothing is declared. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
