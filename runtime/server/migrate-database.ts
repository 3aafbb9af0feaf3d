import type { environmentVariables } from '../environment/environment-variables.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { migrate } from '../migrations/migrate.ts';
import { describeEvent } from '../migrations/describe-event.ts';
import type { MigrateEvent } from '../migrations/migration.ts';
import { readMigrations } from '../migrations/read-migrations.ts';
import { readUnmanaged } from '../migrations/read-unmanaged.ts';
import { backendFolder } from './backend-folder.ts';
import { openOwnerDatabase, ownerDatabaseName } from './open-database.ts';
import { runProgram } from './run-program.ts';

export interface MigrationDefinition {
  readonly environment: typeof environmentVariables;
  /** The backend's folder. */
  readonly backend: URL;
}

/** Applies the backend's migrations, says which, and ends. */
export async function migrateDatabase(definition: MigrationDefinition): Promise<void> {
  await runProgram(async () => {
    const environment = readEnvironment(definition.environment, process.env);
    const folder = backendFolder(definition.backend, environment.DATA_DIR);
    const migrations = readMigrations(folder.migrations);
    process.stdout.write(`migrating ${ownerDatabaseName(environment, folder.data)}\n`);
    const database = await openOwnerDatabase(environment, folder.data);
    try {
      const unmanaged = readUnmanaged(folder.migrations);
      const { applied } = await migrate(database, migrations, { unmanaged, onEvent: tell });
      const lines = applied.length === 0 ? ['nothing to apply'] : applied.map((id) => `applied ${id}`);
      process.stdout.write(`${lines.join('\n')}\n`);
    } finally {
      await database.close();
    }
  });
}

/** What goes on while a long step runs; what was applied is said at the end. */
function tell(event: MigrateEvent): void {
  if (event.kind !== 'step' && event.kind !== 'applied') process.stderr.write(`${describeEvent(event)}\n`);
}
