import { keepBaselineCode } from '../../runtime/database/baseline-code.ts';
import type { Database } from '../../runtime/database/database.ts';
import { openOwnerDatabase } from '../../runtime/server/open-database.ts';
import { refusal } from './command-result.ts';
import type { CommandResult } from './command-result.ts';
import { explainRunnerError } from './explain-runner-error.ts';
import { openBackend } from './open-backend.ts';
import type { Backend } from './open-backend.ts';

/** Runs a command on a compiled backend and its database, opened as its owner; whatever stands in the way is told. */
export async function withBackend(
  folder: string,
  work: (backend: Backend, database: Database) => Promise<CommandResult>,
): Promise<CommandResult> {
  const backend = openBackend(folder);
  if ('diagnostics' in backend) return refusal(backend.diagnostics);
  if (backend.isEmbedded) keepBaselineCode();
  try {
    const database = await openOwnerDatabase(backend.environment, backend.data);
    try {
      return await work(backend, database);
    } finally {
      await database.close();
    }
  } catch (error) {
    return refusal(explainRunnerError(error, folder, backend.history));
  }
}
