import { describeEvent } from '../../runtime/migrations/describe-event.ts';
import { migrateDown as takeBackLast } from '../../runtime/migrations/migrate-down.ts';
import type { CommandResult } from './command-result.ts';
import { withBackend } from './with-backend.ts';

/** Takes back the last migration that a backend's database ran, where nothing is lost by it. */
export async function migrateDown(folder: string, tell: (line: string) => void): Promise<CommandResult> {
  return withBackend(folder, async ({ migrations, unmanaged }, database) => {
    const id = await takeBackLast(database, migrations, { onEvent: (event) => tell(describeEvent(event)), unmanaged });
    return {
      diagnostics: [],
      sources: new Map(),
      text: id === undefined ? '' : `${id}\n`,
      data: { takenBack: id ?? null },
      summary: id === undefined ? 'nothing to take back' : 'took back 1',
    };
  });
}
