import type { Database } from '../database/database.ts';
import { DatabaseError, DatabaseUnavailable } from '../database/errors.ts';
import type { Environment } from '../environment/environment-variables.ts';
import { MigrationRefused, MigrationsPending } from '../migrations/errors.ts';
import { migrate } from '../migrations/migrate.ts';
import type { Migration } from '../migrations/migration.ts';
import { migrationStatus, missingMigrations } from '../migrations/status.ts';
import type { Log } from '../observability/log.ts';
import { openOwnerDatabase } from './open-database.ts';

/**
 * Sees to it that the tables are there before anything listens: the embedded database is migrated,
 * a Postgres only when `MIGRATE_ON_START` asks for it, with its owner's login.
 *
 * @throws MigrationsPending, MigrationRefused, MigrationFailed, MigrationLocked
 */
export async function prepareDatabase(
  database: Database,
  environment: Environment,
  migrations: readonly Migration[],
  log: Log,
): Promise<void> {
  if (database.kind === 'pglite') await migrate(database, migrations);
  else if (environment.MIGRATE_ON_START) await migrateAsOwner(environment, migrations);
  else await requireMigrated(database, migrations, log);
}

async function migrateAsOwner(environment: Environment, migrations: readonly Migration[]): Promise<void> {
  const owner = await openOwnerDatabase(environment, '');
  try {
    await migrate(owner, migrations);
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
