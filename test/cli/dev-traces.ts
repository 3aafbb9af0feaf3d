import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { GOOD_SPEC } from './run-command.ts';

/** The spec with one more optional field. */
export function withField(name: string): string {
  return GOOD_SPEC.replace('    access:', `      ${name}: { type: text, optional: true }\n    access:`);
}

/** What dev says of a spec that is served. */
export const SERVED = /, served after (\d+) ms\n/;

/** Folders of copies that some run of dev has left. */
export function leftovers(pid: number): readonly string[] {
  const parents = new Set(['/dev/shm', tmpdir()].filter((parent) => existsSync(parent)));
  return [...parents].flatMap((parent) =>
    readdirSync(parent).filter((name) => name.startsWith(`supercompile-dev-${pid}-`)),
  );
}

/** Processes that work in a folder. */
export function workersIn(folder: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      // It has ended, or belongs to somebody else.
      return false;
    }
  });
}
