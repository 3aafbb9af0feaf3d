import { emptySchema } from '../database/database-schema.ts';
import type { DatabaseSchema } from '../database/database-schema.ts';
import { diffSchemas } from './diff/diff-schemas.ts';
import { foldOperations } from './fold-operations.ts';
import { NO_INTENTS, type Intents } from './intent/intents.ts';
import { withExtensionsOf } from './lasting-extensions.ts';
import { migrationName } from './migration-name.ts';
import { MIGRATION_FORMAT } from './migration-record.ts';
import type { MigrationRecord } from './migration-record.ts';
import { migrationSql } from './migration-sql.ts';
import type { MigrationClaim } from './plan-migration.ts';
import { schemaHash } from './schema-hash.ts';

/** How a database that ran what a rebase left out comes to what the migrations make. */
export type Bridge =
  /** It ran nothing of the kind. */
  | { readonly kind: 'none' }
  /** What it ran, in its order; then what is missing, if anything is. */
  | { readonly kind: 'bridge'; readonly line: readonly MigrationRecord[]; readonly claim?: MigrationClaim }
  /** Something would be lost or may fail, or it cannot be told what it ran; `objects` are in the way. */
  | { readonly kind: 'unable'; readonly id: string; readonly objects: readonly string[] };

/** Plans what is missing as any change is planned, and only where it needs nobody's consent. */
export function bridgeLeftOut(
  chain: readonly MigrationRecord[],
  leftOut: readonly MigrationRecord[],
  ran: readonly string[],
): Bridge {
  const inChain = new Set(chain.flatMap(({ id, replaces = id, alsoReplaces = [] }) => [id, replaces, ...alsoReplaces]));
  const strangers = new Set(ran.filter((id) => !inChain.has(id)));
  const found = leftOut.filter(({ id }) => ran.includes(id));
  const last = found.find(({ id }) => !found.some(({ parent }) => parent === id));
  if (last === undefined || !found.some(({ id }) => strangers.has(id))) return { kind: 'none' };
  const line = lineTo(last, [...leftOut, ...chain]);
  const from = schemaAfter(line);
  const to = withExtensionsOf(from, schemaAfter(chain));
  if (schemaHash(from) !== last.to) return { kind: 'unable', id: last.id, objects: [] };
  const { operations, hazards, unconsented, refusals } = diffSchemas(from, to, intentsOf(chain));
  const objects = [...unconsented.map(({ object }) => object), ...refusals.map(({ kind }) => kind)];
  if (objects.length > 0) return { kind: 'unable', id: last.id, objects: [...new Set(objects)] };
  const name = { format: MIGRATION_FORMAT, parent: last.id, from: last.to, operations };
  const id = operations.length === 0 ? undefined : migrationName(name);
  const known = new Set([...line.map((record) => record.id), ...(id === undefined ? [] : [id])]);
  const isWhole = line.every((record) => ran.includes(record.id)) && ran.every((item) => known.has(item));
  if (!isWhole) return { kind: 'unable', id: last.id, objects: [] };
  const sql = migrationSql(to.name, operations, hazards);
  return { kind: 'bridge', line, ...(id !== undefined && { claim: { id, from, to, operations, hazards, sql } }) };
}

/** A check that the history made without a warning is one that new columns keep. */
function intentsOf(chain: readonly MigrationRecord[]): Intents {
  const hazards = chain.flatMap((record) => record.hazards ?? []);
  const warned = new Set(hazards.flatMap(({ kind, object }) => (kind === 'MAY_FAIL_ON_DATA' ? [object] : [])));
  return { ...NO_INTENTS, isOfField: (_, check) => !warned.has(check) };
}

/** From the first migration to this one. */
function lineTo(last: MigrationRecord, all: readonly MigrationRecord[]): readonly MigrationRecord[] {
  const line: MigrationRecord[] = [];
  for (let next: MigrationRecord | undefined = last; next !== undefined && !line.includes(next);) {
    line.unshift(next);
    const { parent }: MigrationRecord = next;
    next = all.find(({ id }) => id === parent);
  }
  return line;
}

/** What some migrations fold to, from the first one on. */
export function schemaAfter(records: readonly MigrationRecord[]): DatabaseSchema {
  return records.reduce(
    (schema, { operations }) => foldOperations(schema, operations),
    emptySchema(records[0]?.schema ?? 'public'),
  );
}
