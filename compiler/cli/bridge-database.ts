import type { Database } from '../../runtime/database/database.ts';
import { recordAll } from '../../runtime/migrations/baseline.ts';
import { readLedger } from '../../runtime/migrations/ledger.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import type { MigrateOptions, Migration } from '../../runtime/migrations/migration.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../diagnostics/reporter.ts';
import { unlocated } from '../diagnostics/span.ts';
import { bridgeLeftOut } from '../plan/migration/bridge-left-out.ts';
import { sha256 } from '../plan/migration/canonical-json.ts';
import type { MigrationRecord } from '../plan/migration/migration-record.ts';
import type { MigrationClaim } from '../plan/migration/plan-migration.ts';
import { readMigration } from '../plan/migration/read-history.ts';
import { proveOnEmbedded } from '../verify/prove-on-embedded.ts';
import type { Backend } from './open-backend.ts';

interface Bridging {
  readonly folder: string;
  readonly options: MigrateOptions;
}

/** Gives a database that ran what a rebase left out what it lacks, so that it is as the migrations make it; values stay. */
export async function bridgeDatabase(
  { migrations, history, leftOut }: Pick<Backend, 'migrations' | 'history' | 'leftOut'>,
  database: Database,
  { folder, options }: Bridging,
): Promise<readonly Diagnostic[]> {
  if (leftOut.length === 0) return [];
  const ledger = await readLedger(database, migrations[0]?.schema ?? 'public');
  const bridge = bridgeLeftOut(
    migrations.flatMap(({ id }) => recordOf(history.migrations, id)),
    leftOut,
    ledger.map(({ id }) => id),
  );
  if (bridge.kind === 'none') return [];
  if (bridge.kind === 'unable') return [refused(bridge, folder)];
  const { line, claim } = bridge;
  const findings = claim === undefined ? [] : await proveOnEmbedded(claim);
  if (findings.length > 0) return [refused({ id: line.at(-1)?.id ?? '', objects: findings }, folder)];
  const steps = claim === undefined ? [] : [bridgeMigration(line, claim)];
  await migrate(database, [...line.map((record) => ranMigration(record, migrations)), ...steps], options);
  await recordAll(database, migrations, options);
  return [];
}

/** The record of a migration, where it can be read. */
export function recordOf(onDisk: Backend['history']['migrations'], id: string): readonly MigrationRecord[] {
  const found = onDisk.find((item) => item.id === id);
  const read = found && readMigration(found);
  return read !== undefined && 'record' in read ? [read.record] : [];
}

/** The ledger says that it ran; its text is gone with the rebase. */
function ranMigration(record: MigrationRecord, migrations: readonly Migration[]): Migration {
  const { id, parent, schema, sha256: hash } = record;
  return migrations.find((item) => item.id === id) ?? { id, parent, schema, sha256: hash, sql: '' };
}

function bridgeMigration(line: readonly MigrationRecord[], { id, sql, to }: MigrationClaim): Migration {
  return { id, parent: line.at(-1)?.id, schema: to.name, sha256: sha256(sql), sql };
}

function refused(
  { id, objects }: { readonly id: string; readonly objects: readonly string[] },
  folder: string,
): Diagnostic {
  return createDiagnostic(unlocated(folder), 'bridge-refused', '', { id, objects });
}
