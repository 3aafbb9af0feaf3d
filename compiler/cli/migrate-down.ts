import { describeEvent } from '../../runtime/migrations/describe-event.ts';
import type { MigrateEvent } from '../../runtime/migrations/migration.ts';
import { migrateDown as takeBackLast } from '../../runtime/migrations/migrate-down.ts';
import type { CommandResult } from './command-result.ts';
import { planStopped } from './plan-stopped.ts';
import { withBackend } from './with-backend.ts';

/** Takes back the last migration that a backend's database ran, or what it ran of one that stopped, where nothing is lost by it. */
export async function migrateDown(folder: string, tell: (line: string) => void): Promise<CommandResult> {
  return withBackend(folder, async (backend, database) => {
    const { migrations, unmanaged } = backend;
    const stopped = await planStopped(backend, database);
    const options = { onEvent: (event: MigrateEvent) => tell(describeEvent(event)), unmanaged };
    const id = await takeBackLast(database, migrations, { ...options, ...(stopped && { stopped }) });
    return {
      diagnostics: [],
      sources: new Map(),
      text: id === undefined ? '' : `${id}\n`,
      data: { takenBack: id ?? null },
      summary: id === undefined ? 'nothing to take back' : 'took back 1',
    };
  });
}
