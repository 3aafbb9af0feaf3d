import type { environmentVariables } from '../environment/environment-variables.ts';
import type { Database } from '../database/database.ts';
import { EnvironmentError, readEnvironment } from '../environment/read-environment.ts';
import { migrateDown } from '../migrations/migrate-down.ts';
import { migrate } from '../migrations/migrate.ts';
import { describeEvent } from '../migrations/describe-event.ts';
import type { MigrateEvent, MigrateOptions, Migration } from '../migrations/migration.ts';
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

/** Applies the backend's migrations, or takes back the last one where `down` is asked for; says which, and ends. */
export async function migrateDatabase(definition: MigrationDefinition, verb = process.argv[2] ?? 'up'): Promise<void> {
  await runProgram(async () => {
    if (verb !== 'up' && verb !== 'down') throw new EnvironmentError([`"${verb}" is neither "up" nor "down"`]);
    const environment = readEnvironment(definition.environment, process.env);
    const folder = backendFolder(definition.backend, environment.DATA_DIR);
    const migrations = readMigrations(folder.migrations);
    const isDown = verb === 'down';
    process.stdout.write(
      `${isDown ? 'taking back the last migration of' : 'migrating'} ${ownerDatabaseName(environment, folder.data)}\n`,
    );
    const database = await openOwnerDatabase(environment, folder.data);
    try {
      const unmanaged = readUnmanaged(folder.migrations);
      const options = { unmanaged, onEvent: tell };
      const lines = isDown ? await goDown(database, migrations, options) : await goUp(database, migrations, options);
      process.stdout.write(`${lines.join('\n')}\n`);
    } finally {
      await database.close();
    }
  });
}

type Run = (
  database: Database,
  migrations: readonly Migration[],
  options: MigrateOptions,
) => Promise<readonly string[]>;

const goUp: Run = async (database, migrations, options) => {
  const { applied } = await migrate(database, migrations, options);
  return applied.length === 0 ? ['nothing to apply'] : applied.map((id) => `applied ${id}`);
};

const goDown: Run = async (database, migrations, options) => {
  const id = await migrateDown(database, migrations, options);
  return [id === undefined ? 'nothing to take back' : `took back ${id}`];
};

/** What goes on while a long step runs; what was applied is said at the end. */
function tell(event: MigrateEvent): void {
  if (event.kind !== 'step' && event.kind !== 'applied') process.stderr.write(`${describeEvent(event)}\n`);
}
