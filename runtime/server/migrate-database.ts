import type { environmentVariables } from '../environment/environment-variables.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { migrate } from '../migrations/migrate.ts';
import { readMigrations } from '../migrations/read-migrations.ts';
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
      const { applied } = await migrate(database, migrations);
      const lines = applied.length === 0 ? ['nothing to apply'] : applied.map((id) => `applied ${id}`);
      process.stdout.write(`${lines.join('\n')}\n`);
    } finally {
      await database.close();
    }
  });
}
