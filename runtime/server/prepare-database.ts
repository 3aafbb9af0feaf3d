import type { Database } from '../database/database.ts';
import { DatabaseError, DatabaseUnavailable } from '../database/errors.ts';
import type { Environment } from '../environment/environment-variables.ts';
import { describeEvent } from '../migrations/describe-event.ts';
import { MigrationRefused, MigrationsPending } from '../migrations/errors.ts';
import { migrate } from '../migrations/migrate.ts';
import type { MigrateEvent, MigrateOptions, Migration } from '../migrations/migration.ts';
import { readMigrations } from '../migrations/read-migrations.ts';
import { readUnmanaged } from '../migrations/read-unmanaged.ts';
import { migrationStatus, missingMigrations } from '../migrations/status.ts';
import type { Log } from '../observability/log.ts';
import { openOwnerDatabase } from './open-database.ts';

/**
 * Sees to it that the tables are there before anything listens: the embedded database is migrated,
 * a Postgres only when `MIGRATE_ON_START` asks for it, with its owner's login.
 *
 * @throws MigrationsPending, MigrationRefused, MigrationFailed, MigrationLocked, SchemaDrifted, TransactionPooler
 */
export async function prepareDatabase(
  database: Database,
  environment: Environment,
  folder: string,
  log: Log,
): Promise<void> {
  const migrations = readMigrations(folder);
  const onEvent = (event: MigrateEvent): void => log.info({ migration: describeEvent(event) }, 'migrating');
  const options = { unmanaged: readUnmanaged(folder), onEvent };
  if (database.kind === 'pglite') {
    if (environment.APP_ENV === 'production')
      log.warn({ folder: environment.DATA_DIR }, 'no DATABASE_URL: rows are kept in the embedded database');
    await migrate(database, migrations, options);
  } else if (environment.MIGRATE_ON_START) await migrateAsOwner(environment, migrations, options);
  else await requireMigrated(database, migrations, log);
}

async function migrateAsOwner(
  environment: Environment,
  migrations: readonly Migration[],
  options: MigrateOptions,
): Promise<void> {
  const owner = await openOwnerDatabase(environment, '');
  try {
    await migrate(owner, migrations, options);
  } finally {
    await owner.close();
  }
}

/** A database that is down now, or ahead of this code in a rolling deployment, is served all the same. */
async function requireMigrated(database: Database, migrations: readonly Migration[], log: Log): Promise<void> {
  try {
    const missing = await missingMigrations(database, migrations);
    if (missing.length > 0) throw new MigrationsPending(missing);
    await migrationStatus(database, migrations);
  } catch (error) {
    const reason = unknownState(error);
    if (reason === undefined) throw error;
    log.warn({ reason }, 'whether the database is migrated is not known');
  }
}

function unknownState(error: unknown): string | undefined {
  if (error instanceof DatabaseUnavailable) return isWrongLogin(error) ? undefined : error.message;
  if (error instanceof MigrationRefused && error.reason === 'unknown-applied') return error.message;
  if (error instanceof DatabaseError && error.sqlState === '42501') return 'the login may not read the ledger';
  return undefined;
}

/** A wrong user, password or database does not mend itself by waiting. */
function isWrongLogin({ code = '' }: DatabaseUnavailable): boolean {
  return code.startsWith('28') || code === '3D000';
}
