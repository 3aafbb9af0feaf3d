import { describeEvent } from '../../runtime/migrations/describe-event.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import type { MigrateEvent } from '../../runtime/migrations/migration.ts';
import { hasErrors } from '../diagnostics/sort-diagnostics.ts';
import { bridgeDatabase } from './bridge-database.ts';
import { refusal } from './command-result.ts';
import type { CommandResult } from './command-result.ts';
import { refuseDrafts } from './refuse-drafts.ts';
import { withBackend } from './with-backend.ts';

/** Brings a backend's database to its last migration. */
export async function migrateUp(folder: string, tell: (line: string) => void): Promise<CommandResult> {
  return withBackend(folder, async (backend, database) => {
    const drafts = refuseDrafts(backend, folder);
    if (drafts.length > 0) return refusal(drafts);
    const { migrations, unmanaged } = backend;
    const options = { onEvent: (event: MigrateEvent) => tell(describeEvent(event)), unmanaged };
    const bridged = await bridgeDatabase(backend, database, { folder, options });
    if (hasErrors(bridged)) return refusal(bridged);
    const { applied } = await migrate(database, migrations, options);
    return {
      diagnostics: [],
      sources: new Map(),
      text: applied.map((id) => `${id}\n`).join(''),
      data: { applied },
      summary: applied.length === 0 ? 'nothing to apply' : `applied ${applied.length}`,
    };
  });
}
