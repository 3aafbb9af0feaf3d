import type { Database } from '../database/database.ts';
import type { MigrateOptions, MigrateResult, Migration } from './migration.ts';

/**
 * Brings a database to the last of `migrations`, resuming where an earlier run stopped.
 *
 * @throws MigrationRefused, MigrationFailed, MigrationLocked; DatabaseUnavailable.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
  options: MigrateOptions = {},
): Promise<MigrateResult> {
  throw new Error(`not yet built: ${database.kind} ${migrations.length} ${options.attempts}`);
}
