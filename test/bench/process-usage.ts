import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second of /proc; 100 on every Linux that Node runs on. */
const TICKS = 100;

/** CPU time of a process, its living descendants and its children that have ended, in microseconds. */
export function cpuMicroseconds(root: number): number {
  const parents = new Map(processes().map((stat) => [stat.pid, stat]));
  let ticks = parents.get(root)?.ended ?? 0;
  for (const { pid, own } of parents.values()) if (isWithin(pid, root, parents)) ticks += own;
  return (ticks / TICKS) * 1_000_000;
}

/** Resident memory of one process, in MB: now, and at its most. */
export function memoryOf(pid: number): { readonly now: number; readonly peak: number } {
  const status = read(`/proc/${pid}/status`);
  const kilobytes = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
  return { now: kilobytes('VmRSS') / 1024, peak: kilobytes('VmHWM') / 1024 };
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly own: number;
  readonly ended: number;
}

function processes(): readonly Stat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const text = read(`/proc/${name}/stat`);
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      const at = (index: number): number => Number(fields[index] ?? 0);
      return text === '' ? [] : [{ pid: Number(name), parent: at(1), own: at(11) + at(12), ended: at(13) + at(14) }];
    });
}

function isWithin(pid: number, root: number, parents: ReadonlyMap<number, Stat>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at)?.parent) {
    if (at === root) return true;
  }
  return false;
}

/** A process may end between the listing and the look. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
