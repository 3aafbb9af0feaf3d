import type { History } from './history.ts';
import { depthOf } from './migration-name.ts';
import type { MigrationRecord } from './migration-record.ts';
import { readMigration } from './read-history.ts';
import type { HistoryProblem } from './read-history.ts';

/** Migrations of several branches, seen from one of them. */
export interface HistoryTree {
  /** The one branch, from the first migration to its head. */
  readonly base: readonly MigrationRecord[];
  /** The others, by the name of their first migration. */
  readonly branches: readonly Branch[];
  /** Files that cannot be read, parents that are missing, or a base that has two heads itself. */
  readonly problems: readonly HistoryProblem[];
}

/** A line of migrations that begins at one of another branch. */
export interface Branch {
  /** In the order of the parent chain. */
  readonly migrations: readonly MigrationRecord[];
  /** Ids of what comes before the first of them. */
  readonly ancestors: ReadonlySet<string>;
}

/** Takes the sealed migrations of a history apart: what `theirs` names, and what was planned beside it. */
export function historyTree(history: History, theirs: ReadonlySet<string>): HistoryTree {
  const read = history.migrations.filter(({ sealed }) => sealed).map(readMigration);
  const records = read.flatMap((item) => ('record' in item ? [item.record] : [])).toSorted(byDepth);
  const problems = [...read.flatMap((item) => ('problem' in item ? [item.problem] : [])), ...findOrphans(records)];
  const base = records.filter(({ id }) => theirs.has(id));
  const others = records.filter(({ id }) => !theirs.has(id));
  const all = problems.length > 0 ? problems : findHeads(base);
  return { base, branches: all.length > 0 ? [] : cutBranches(others, records), problems: all };
}

function byDepth(a: MigrationRecord, b: MigrationRecord): number {
  return depthOf(a.id) - depthOf(b.id) || (a.id < b.id ? -1 : 1);
}

function findOrphans(records: readonly MigrationRecord[]): readonly HistoryProblem[] {
  const ids = new Set(records.map(({ id }) => id));
  return records.flatMap(({ id, parent }) =>
    parent === undefined || ids.has(parent) ? [] : [{ kind: 'orphan' as const, file: `${id}.json`, parent }],
  );
}

function findHeads(base: readonly MigrationRecord[]): readonly HistoryProblem[] {
  return base.flatMap(({ id, parent }, index) => {
    const other = base.slice(0, index).find((item) => item.parent === parent);
    const head = { kind: 'heads' as const, file: `${id}.json`, parent, conflicts: [], shared: [] };
    return other === undefined ? [] : [{ ...head, other: other.id }];
  });
}

/** Each begins at a migration whose parent is of another line, or has an earlier child. */
function cutBranches(others: readonly MigrationRecord[], all: readonly MigrationRecord[]): readonly Branch[] {
  const lines: MigrationRecord[][] = [];
  for (const record of others) {
    const line = lines.find((items) => items.at(-1)?.id === record.parent);
    if (line === undefined) lines.push([record]);
    else line.push(record);
  }
  return lines
    .toSorted(([a], [b]) => (a !== undefined && b !== undefined ? byDepth(a, b) : 0))
    .map((migrations) => ({ migrations, ancestors: ancestorsOf(migrations[0], all) }));
}

/** Ids of the migrations that one continues. */
export function ancestorsOf(record: MigrationRecord | undefined, all: readonly MigrationRecord[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (let id = record?.parent; id !== undefined; id = all.find((item) => item.id === id)?.parent) ids.add(id);
  return ids;
}
