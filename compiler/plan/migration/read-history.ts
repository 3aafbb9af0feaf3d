import { sha256 } from './canonical-json.ts';
import { emptySchema, type DatabaseSchema } from '../database/database-schema.ts';
import { foldOperations } from './fold-operations.ts';
import type { History, MigrationOnDisk } from './history.ts';
import { depthOf, isNameOf } from './migration-name.ts';
import { readRecord, type MigrationRecord } from './migration-record.ts';
import { FoldError } from './named-list.ts';
import { schemaHash } from './schema-hash.ts';
import type { Operation } from './operations.ts';
import { conflictingObjects, rewrittenFunctions, sharedObjects } from './touched-objects.ts';

/** The sealed history, in order and proven whole. */
export interface SealedHistory {
  /** Ids in the order of the parent chain. */
  readonly migrations: readonly string[];
  /** What they fold to. */
  readonly schema: DatabaseSchema;
  readonly problems: readonly HistoryProblem[];
}

/** Something wrong with a file of `migrations/`. */
export type HistoryProblem =
  | { readonly kind: 'missing'; readonly file: string; readonly partner: string }
  | { readonly kind: 'newer'; readonly file: string; readonly format: number }
  | { readonly kind: 'damaged'; readonly file: string }
  | { readonly kind: 'edited'; readonly file: string }
  | { readonly kind: 'orphan'; readonly file: string; readonly parent: string }
  | {
      readonly kind: 'heads';
      readonly file: string;
      readonly other: string;
      readonly parent: string | undefined;
      /** What one branch changes and the other touches too. */
      readonly conflicts: readonly string[];
      /** What both touch, without getting in each other's way. */
      readonly shared: readonly string[];
    };

/** Reads the sealed part of a history; drafts are left out unread. `schema` is the app's, for an empty history. */
export function readHistory(history: History, schema: string): SealedHistory {
  const sealed = history.migrations.filter((migration) => migration.sealed);
  const read = sealed.map(readMigration);
  const broken = read.flatMap((item) => ('problem' in item ? [item.problem] : []));
  const records = read.flatMap((item) => ('record' in item ? [item.record] : []));
  const chain = orderChain(records);
  const problems = broken.length > 0 ? broken : chain.problems;
  if (problems.length > 0) return { migrations: [], schema: emptySchema(schema), problems };
  return foldChain(chain.ordered, schema);
}

/** What could be read of a migration. */
export type Read = { readonly record: MigrationRecord } | { readonly problem: HistoryProblem };

/** Reads one migration, proven by its name and hashes. */
export function readMigration({ id, sql, json, down }: MigrationOnDisk): Read {
  const [sqlFile, jsonFile] = [`${id}.sql`, `${id}.json`];
  if (json === undefined) return { problem: { kind: 'missing', file: jsonFile, partner: sqlFile } };
  if (sql === undefined) return { problem: { kind: 'missing', file: sqlFile, partner: jsonFile } };
  const read = readRecord(json);
  if (read.kind === 'newer') return { problem: { kind: 'newer', file: jsonFile, format: read.format } };
  if (read.kind === 'damaged') return { problem: { kind: 'damaged', file: jsonFile } };
  const { record } = read;
  if (record.id !== id || !isNameOf(id, record)) return { problem: { kind: 'edited', file: jsonFile } };
  if (down !== undefined && record.down !== sha256(down))
    return { problem: { kind: 'edited', file: `${id}.down.sql` } };
  return record.sha256 === sha256(sql) ? { record } : { problem: { kind: 'edited', file: sqlFile } };
}

interface Chain {
  readonly ordered: readonly MigrationRecord[];
  readonly problems: readonly HistoryProblem[];
}

/** Orders by depth, which the name carries; each but the first continues the one before. */
function orderChain(records: readonly MigrationRecord[]): Chain {
  const ordered = records.toSorted((a, b) => depthOf(a.id) - depthOf(b.id) || (a.id < b.id ? -1 : 1));
  const known = new Set(ordered.map(({ id }) => id));
  const children = new Map<string | undefined, string>();
  const problems = ordered.flatMap(({ id, parent }): readonly HistoryProblem[] => {
    const other = children.get(parent);
    children.set(parent, id);
    if (other !== undefined) {
      const met = compareBranches(branchOf(other, ordered), branchOf(id, ordered));
      return [{ kind: 'heads', file: `${id}.json`, other, parent, ...met }];
    }
    return parent === undefined || known.has(parent) ? [] : [{ kind: 'orphan', file: `${id}.json`, parent }];
  });
  return { ordered, problems };
}

/** All operations of a migration and of those that continue it. */
function branchOf(first: string, ordered: readonly MigrationRecord[]): readonly Operation[] {
  const ids = new Set([first]);
  for (const { id, parent } of ordered) if (parent !== undefined && ids.has(parent)) ids.add(id);
  return ordered.filter(({ id }) => ids.has(id)).flatMap(({ operations }) => operations);
}

function compareBranches(
  a: readonly Operation[],
  b: readonly Operation[],
): { readonly conflicts: readonly string[]; readonly shared: readonly string[] } {
  const settled = rewrittenFunctions(a, b);
  const conflicts = conflictingObjects(a, b).filter((object) => !settled.has(object));
  return { conflicts, shared: sharedObjects(a, b) };
}

function foldChain(chain: readonly MigrationRecord[], name: string): SealedHistory {
  let schema = emptySchema(chain[0]?.schema ?? name);
  for (const record of chain) {
    const next = foldRecord(schema, record);
    if (next === undefined) {
      const problem: HistoryProblem = { kind: 'edited', file: `${record.id}.json` };
      return { migrations: [], schema: emptySchema(name), problems: [problem] };
    }
    schema = next;
  }
  return { migrations: chain.map(({ id }) => id), schema, problems: [] };
}

/** The schema after a migration; undefined where the migration does not lead from `from` to `to`. */
function foldRecord(schema: DatabaseSchema, record: MigrationRecord): DatabaseSchema | undefined {
  if (record.schema !== schema.name || record.from !== schemaHash(schema)) return undefined;
  try {
    const next = foldOperations(schema, record.operations);
    return record.to === schemaHash(next) ? next : undefined;
  } catch (error) {
    // A shape that the hash in the name let pass, or operations that do not fit.
    if (error instanceof FoldError || error instanceof TypeError) return undefined;
    throw error;
  }
}
