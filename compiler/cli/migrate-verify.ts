import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { hasErrors } from '../diagnostics/sort-diagnostics.ts';
import { createDiagnostic } from '../diagnostics/reporter.ts';
import { unlocated } from '../diagnostics/span.ts';
import type { History } from '../plan/migration/history.ts';
import { readRecord } from '../plan/migration/migration-record.ts';
import { schemaState } from '../plan/database/canonical-schema.ts';
import { sameValue } from '../plan/migration/same-value.ts';
import { readHistory, type HistoryProblem } from '../plan/migration/read-history.ts';
import { schemaHash } from '../plan/migration/schema-hash.ts';
import { reportHistory } from '../plan/migration/report-history.ts';
import { migrationStatus } from '../../runtime/migrations/status.ts';
import type { MigrationStatus } from '../../runtime/migrations/migration.ts';
import { refusal } from './command-result.ts';
import type { CommandResult } from './command-result.ts';
import { inFolder } from './in-folder.ts';
import { openBackend } from './open-backend.ts';
import type { Backend } from './open-backend.ts';
import { withBackend } from './with-backend.ts';

/**
 * Checks the migrations of a backend: every file against its hash, name and parent, what they fold to against the
 * snapshot, and all of it against the ledger of the database, where there is one.
 */
export async function migrateVerify(folder: string): Promise<CommandResult> {
  const backend = openBackend(folder);
  if ('diagnostics' in backend) return refusal(backend.diagnostics);
  const diagnostics = checkFiles(backend, folder);
  if (hasErrors(diagnostics)) return refusal(diagnostics);
  // To look must not make a database.
  if (backend.isEmbedded && backend.isNew) return report(backend, undefined);
  return withBackend(folder, async (opened, database) =>
    report(opened, await migrationStatus(database, opened.migrations)),
  );
}

function checkFiles({ history, migrations }: Backend, folder: string): readonly Diagnostic[] {
  const sealed = { migrations: history.migrations.map((migration) => ({ ...migration, sealed: true })) };
  const { problems, schema } = readHistory(sealed, migrations[0]?.schema ?? 'public');
  const all = [...problems, ...lostWaysBack(sealed)];
  if (all.length > 0) return inFolder(reportHistory(all), folder);
  const path = 'migrations/snapshot.json';
  const snapshot = readSnapshot(join(resolve(folder), path));
  const wanted = { head: migrations.at(-1)?.id ?? null, state: schemaHash(schema), schema: schemaState(schema) };
  if (sameValue(snapshot, wanted)) return [];
  return [createDiagnostic(unlocated(join(folder, path)), 'snapshot-differs', '', { path })];
}

function report({ migrations, drafts }: Backend, status: MigrationStatus | undefined): CommandResult {
  const rows = migrations.map(({ id, sha256 }) => ({
    id,
    sha256,
    sealed: !drafts.includes(id),
    ledger: status === undefined ? 'unread' : status.applied.includes(id) ? 'same' : 'absent',
  }));
  const ledger =
    status === undefined ? 'there is no database yet' : `${status.applied.length} are as the database ran them`;
  return {
    diagnostics: [],
    sources: new Map(),
    text: rows.map(({ id, ledger }) => `ok ${ledger.padEnd(6)} ${id}\n`).join(''),
    data: { migrations: rows },
    summary: `${rows.length} migrations are whole, ${ledger}`,
  };
}

/** Migrations that say that they can be taken back, without the file that does it. */
function lostWaysBack({ migrations }: History): readonly HistoryProblem[] {
  return migrations.flatMap(({ id, json = '', down }): readonly HistoryProblem[] => {
    const read = readRecord(json);
    const isLost = read.kind === 'record' && read.record.down !== undefined && down === undefined;
    return isLost ? [{ kind: 'missing', file: `${id}.down.sql`, partner: `${id}.json` }] : [];
  });
}

/** What the snapshot says that the migrations fold to; a lost or damaged one says nothing. */
function readSnapshot(path: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const snapshot: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof snapshot !== 'object' || snapshot === null) return undefined;
    const { head, state, schema }: Readonly<Record<string, unknown>> = { ...snapshot };
    return { head, state, schema };
  } catch {
    return undefined;
  }
}
