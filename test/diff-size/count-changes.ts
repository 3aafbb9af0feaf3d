import { diffLines } from 'diff';

/** How one file differs: added and removed lines. */
export interface FileChange {
  readonly path: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Files that every change of a spec may change at will: nobody reads their lines. */
const FREE = /^migrations\/|^app\/docs\/openapi\.json$|^model\.json$|^manifest\.json$/;

/** What a reviewer has to read: every change outside of the machine's own files. */
export function countChanges(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly FileChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => !FREE.test(path)).toSorted();
  return paths.flatMap((path) => {
    const parts = diffLines(before.get(path) ?? '', after.get(path) ?? '');
    const [added, removed] = [linesOf(parts, 'added'), linesOf(parts, 'removed')];
    return added.length + removed.length === 0 ? [] : [{ path, added, removed }];
  });
}

function linesOf(parts: ReturnType<typeof diffLines>, kind: 'added' | 'removed'): readonly string[] {
  return parts.filter((part) => part[kind]).flatMap(({ value }) => value.replace(/\n$/, '').split('\n'));
}

export function totalLines(changes: readonly FileChange[]): number {
  return changes.reduce((sum, { added, removed }) => sum + added.length + removed.length, 0);
}

/** For the message of a failing test. */
export function describeChanges(changes: readonly FileChange[]): string {
  return changes
    .map(({ path, added, removed }) =>
      [path, ...removed.map((line) => `  - ${line}`), ...added.map((line) => `  + ${line}`)].join('\n'),
    )
    .join('\n');
}
