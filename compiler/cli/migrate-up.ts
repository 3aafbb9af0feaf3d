import { createDiagnostic } from '../diagnostics/reporter.ts';
import { unlocated } from '../diagnostics/span.ts';
import { describeEvent } from '../../runtime/migrations/describe-event.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { openOwnerDatabase } from '../../runtime/server/open-database.ts';
import { refusal } from './command-result.ts';
import type { CommandResult } from './command-result.ts';
import { explainRunnerError } from './explain-runner-error.ts';
import { openBackend } from './open-backend.ts';

/** Brings a backend's database to its last migration. */
export async function migrateUp(folder: string, tell: (line: string) => void): Promise<CommandResult> {
  const backend = openBackend(folder);
  if ('diagnostics' in backend) return refusal(backend.diagnostics);
  const { migrations, unmanaged, drafts, environment, data, isEmbedded } = backend;
  if (!isEmbedded && environment.APP_ENV !== 'test' && drafts.length > 0) {
    return refusal(drafts.map((id) => createDiagnostic(unlocated(folder), 'draft-not-applied', '', { id })));
  }
  try {
    const database = await openOwnerDatabase(environment, data);
    try {
      const { applied } = await migrate(database, migrations, {
        onEvent: (event) => tell(describeEvent(event)),
        unmanaged,
      });
      return {
        diagnostics: [],
        sources: new Map(),
        text: applied.map((id) => `${id}\n`).join(''),
        data: { applied },
        summary: applied.length === 0 ? 'nothing to apply' : `applied ${applied.length}`,
      };
    } finally {
      await database.close();
    }
  } catch (error) {
    return refusal(explainRunnerError(error, folder));
  }
}
