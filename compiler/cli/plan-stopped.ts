import type { Database } from '../../runtime/database/database.ts';
import type { Catalogue } from '../../runtime/migrations/catalogue/catalogue.ts';
import { compareCatalogues } from '../../runtime/migrations/catalogue/compare-catalogues.ts';
import { describeDifference } from '../../runtime/migrations/catalogue/describe-difference.ts';
import { readCatalogue } from '../../runtime/migrations/catalogue/read-catalogue.ts';
import { MigrationRefused } from '../../runtime/migrations/errors.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { migrateDown, type StoppedWayBack } from '../../runtime/migrations/migrate-down.ts';
import type { Migration } from '../../runtime/migrations/migration.ts';
import { migrationStatus } from '../../runtime/migrations/status.ts';
import { schemaAfter } from '../plan/migration/bridge-left-out.ts';
import { planSteps } from '../plan/migration/migration-steps.ts';
import { stoppedWayBack } from '../plan/migration/stopped-way-back.ts';
import { recordOf } from './bridge-database.ts';
import type { Backend } from './open-backend.ts';
import { listRoles, onEmbedded } from './reference-catalogue.ts';

/**
 * Plans how a database comes back from the migration that stopped half-way in it, and proves that on an embedded one.
 *
 * @returns undefined where none stopped
 * @throws MigrationRefused where something would be lost
 */
export async function planStopped(
  { migrations, history }: Pick<Backend, 'migrations' | 'history'>,
  database: Database,
): Promise<StoppedWayBack | undefined> {
  const { partial } = await migrationStatus(database, migrations);
  const at = migrations.findIndex(({ id }) => id === partial?.id);
  const records = migrations.flatMap(({ id }) => recordOf(history.migrations, id));
  const [migration, record] = [migrations[at], records[at]];
  if (partial === undefined || migration === undefined || record === undefined) return undefined;
  if (planSteps(record.operations).length !== partial.steps) {
    throw refused(migration, 'this version of supercompile would cut its steps otherwise; take the one that wrote it');
  }
  const { id, finishedSteps, rows } = partial;
  const back = stoppedWayBack(schemaAfter(records.slice(0, at)), record, partial);
  if (back.kind === 'none') throw refused(migration, whyNot(back));
  const { sql, steps, index } = back;
  const done = { ...migration, sql: firstSteps(migration.sql, steps), down: sql };
  const catalogue = await rehearse(migrations.slice(0, at), done, await listRoles(database));
  return { id, finishedSteps, rows, down: sql, catalogue, ...(index !== undefined && { index }) };
}

function whyNot({ step, lost }: { readonly step?: number; readonly lost: readonly string[] }): string {
  if (lost.length === 0) return 'it is the first; drop the schema instead';
  const what = `did to ${lost.join(', ')} cannot be undone without loss`;
  return `what ${step === undefined ? 'it' : `its step ${step}`} ${what}; mend what stopped it and run migrate up, or restore a backup`;
}

/** As a migration of its own: what the database has of it. */
function firstSteps(sql: string, count: number): string {
  const [header = '', ...steps] = sql.split(/^(?=-- step \d+)/m);
  return count === 0 ? `${header}-- step 1\n` : [header, ...steps.slice(0, count)].join('');
}

/** Goes there and back without any rows; what the steps leave. */
async function rehearse(before: readonly Migration[], done: Migration, roles: readonly string[]): Promise<Catalogue> {
  return onEmbedded(roles, async (embedded) => {
    await migrate(embedded, before);
    const wanted = await readCatalogue(embedded, done.schema);
    await migrate(embedded, [...before, done]);
    const left = await readCatalogue(embedded, done.schema);
    await migrateDown(embedded, [...before, done]);
    // An extension lasts.
    const differences = compareCatalogues(wanted, await readCatalogue(embedded, done.schema)).filter(
      ({ kind }) => kind !== 'extension',
    );
    if (differences.length > 0) throw refused(done, differences.map(describeDifference).join('; '));
    return left;
  });
}

function refused({ id }: Migration, why: string): MigrationRefused {
  return new MigrationRefused('no-way-back', id, `${id} cannot be taken back: ${why}`);
}
