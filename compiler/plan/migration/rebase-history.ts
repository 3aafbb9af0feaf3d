import type { DatabaseSchema } from '../database/database-schema.ts';
import { emptySchema } from '../database/database-schema.ts';
import { asMerged, asMergedSql, isSettled } from './as-merged.ts';
import { canonicalJson, sha256 } from './canonical-json.ts';
import { foldOperations, tryFold } from './fold-operations.ts';
import type { History } from './history.ts';
import { historyTree } from './history-tree.ts';
import type { Branch, HistoryTree } from './history-tree.ts';
import { migrationName } from './migration-name.ts';
import { MIGRATION_FORMAT, recordJson } from './migration-record.ts';
import type { MigrationRecord } from './migration-record.ts';
import type { Operation } from './operations.ts';
import { schemaHash } from './schema-hash.ts';
import type { HistoryProblem } from './read-history.ts';
import { conflictingObjects, rewrittenFunctions } from './touched-objects.ts';

export interface RebaseRequest {
  readonly history: History;
  /** Ids of the history that the others are put on top of. */
  readonly theirs: ReadonlySet<string>;
  /** What the merged spec needs, for the order of enum values that both sides added. */
  readonly wanted: DatabaseSchema;
  /** Leave out what cannot be put on top as it is, for the next build to plan anew. */
  readonly replan: boolean;
}

/** A migration that was put on top of theirs: the same operations, another parent. */
export interface RebasedMigration {
  readonly id: string;
  readonly replaces: string;
  readonly sql: string;
  readonly json: string;
  readonly down: string | undefined;
}

/** Two migrations of which one changes what the other touches. */
export interface RebaseConflict {
  readonly mine: string;
  readonly theirs: string;
  readonly objects: readonly string[];
}

export interface Rebase {
  /** In the order of the parent chain. */
  readonly rebased: readonly RebasedMigration[];
  /** Migrations of mine that nothing stands for: all of it is theirs already, or the next build plans it anew. */
  readonly dropped: readonly string[];
  /** Unless both are empty, nothing may be written. */
  readonly conflicts: readonly RebaseConflict[];
  readonly problems: readonly HistoryProblem[];
}

/** Puts the migrations of a branch on top of those of another, as the one history that both can have. */
export function rebaseHistory(request: RebaseRequest): Rebase {
  const tree = historyTree(request.history, request.theirs);
  if (tree.problems.length > 0) return { rebased: [], dropped: [], conflicts: [], problems: tree.problems };
  return tree.branches.reduce<State>((state, branch) => rebaseBranch(state, branch, request), begin(tree)).outcome;
}

interface State {
  readonly head: MigrationRecord | undefined;
  readonly schema: DatabaseSchema;
  /** All of theirs, then what was put on top. */
  readonly chain: readonly MigrationRecord[];
  readonly outcome: Rebase;
}

function begin({ base }: HistoryTree): State {
  const schema = base.reduce(
    (folded, { operations }) => foldOperations(folded, operations),
    emptySchema(base[0]?.schema ?? 'public'),
  );
  const outcome: Rebase = { rebased: [], dropped: [], conflicts: [], problems: [] };
  return { head: base.at(-1), schema, chain: base, outcome };
}

function rebaseBranch(state: State, branch: Branch, request: RebaseRequest): State {
  const others = state.chain.filter(({ id }) => !branch.ancestors.has(id));
  let next = state;
  let isBroken = false;
  for (const record of branch.migrations) {
    const moved: State | undefined = isBroken ? undefined : move(next, record, others, request);
    isBroken = moved === undefined && !isTheirs(record.operations, others);
    next = moved ?? drop(next, record, others, request);
  }
  return next;
}

/** The state with a migration on top; undefined where no migration of the same effect can stand there. */
function move(
  state: State,
  record: MigrationRecord,
  others: readonly MigrationRecord[],
  request: RebaseRequest,
): State | undefined {
  const known = new Set(others.flatMap(({ operations }) => operations.map(canonicalJson)));
  const isKnown = (operation: Operation): boolean => known.has(canonicalJson(operation));
  const left = record.operations.filter((operation) => !isKnown(operation));
  // Where both did it, a database that ran mine would be given theirs too.
  const twice = record.operations.filter((operation) => isKnown(operation) && !isRepeatable(operation));
  if (left.length === 0 || twice.length > 0) return undefined;
  const rewritten = new Set(others.flatMap((other) => [...rewrittenFunctions(left, other.operations)]));
  const inTheWay = others.flatMap((other) => conflictingObjects(left, other.operations));
  if (inTheWay.some((object) => !rewritten.has(object))) return undefined;
  const merge = { schema: state.schema, wanted: request.wanted, rewritten };
  const operations = left.map((operation) => asMerged(operation, merge));
  const schema = tryFold(state.schema, operations);
  if (schema === undefined || !isSettled(left, merge, schema)) return undefined;
  return stack(state, record, { operations, schema, request });
}

function stack(
  state: State,
  record: MigrationRecord,
  { operations, schema, request }: { operations: readonly Operation[]; schema: DatabaseSchema; request: RebaseRequest },
): State {
  const old = request.history.migrations.find(({ id }) => id === record.id);
  const sql = asMergedSql(old?.sql ?? '', record, operations);
  const from = schemaHash(state.schema);
  const parent = state.head?.id;
  const id = migrationName({ format: MIGRATION_FORMAT, parent, from, operations });
  const { down, ...facts } = record;
  const keepsDown = down !== undefined && isUndoneAlike(record.operations, operations);
  const earlier = [record.replaces ?? [], record.alsoReplaces ?? []].flat();
  const next: MigrationRecord = {
    ...facts,
    ...(keepsDown && { down }),
    id,
    parent,
    replaces: record.id,
    ...(earlier.length > 0 && { alsoReplaces: earlier }),
    from,
    to: schemaHash(schema),
    sha256: sha256(sql),
    operations,
  };
  const moved = { id, replaces: record.id, sql, json: recordJson(next), down: keepsDown ? old?.down : undefined };
  const rebased = [...state.outcome.rebased, moved];
  return { head: next, schema, chain: [...state.chain, next], outcome: { ...state.outcome, rebased } };
}

/** The way back lists the values of an enum, to which the others may have added, and functions as they were before both. */
function isUndoneAlike(before: readonly Operation[], after: readonly Operation[]): boolean {
  if (before.some(({ kind }) => kind === 'addEnumValue')) return false;
  return canonicalJson(before) === canonicalJson(after);
}

function drop(
  state: State,
  record: MigrationRecord,
  others: readonly MigrationRecord[],
  { replan }: RebaseRequest,
): State {
  const conflicts = replan ? [] : conflictsOf(record, others);
  const dropped = [...state.outcome.dropped, record.id];
  const all = [...state.outcome.conflicts, ...conflicts];
  return { ...state, outcome: { ...state.outcome, dropped, conflicts: all } };
}

function conflictsOf(record: MigrationRecord, others: readonly MigrationRecord[]): readonly RebaseConflict[] {
  const known = new Set(others.flatMap(({ operations }) => operations.map(canonicalJson)));
  const left = record.operations.filter((operation) => !known.has(canonicalJson(operation)));
  return others.flatMap(({ id, operations }) => {
    const objects = conflictingObjects(left, operations);
    return objects.length === 0 ? [] : [{ mine: record.id, theirs: id, objects }];
  });
}

function isTheirs(operations: readonly Operation[], others: readonly MigrationRecord[]): boolean {
  const known = new Set(others.flatMap((other) => other.operations.map(canonicalJson)));
  return operations.every((operation) => known.has(canonicalJson(operation)));
}

/** Whose SQL does nothing the second time. */
function isRepeatable(operation: Operation): boolean {
  switch (operation.kind) {
    case 'createSchema':
    case 'createExtension':
    case 'addEnumValue':
      return true;
    case 'createIndex':
    case 'dropIndex':
      return operation.concurrently === true;
    default:
      return false;
  }
}
