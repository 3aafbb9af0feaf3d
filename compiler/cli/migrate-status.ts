import type { MigrationStatus } from '../../runtime/migrations/migration.ts';
import { migrationStatus } from '../../runtime/migrations/status.ts';
import { openOwnerDatabase } from '../../runtime/server/open-database.ts';
import { refusal } from './command-result.ts';
import type { CommandResult } from './command-result.ts';
import { explainRunnerError } from './explain-runner-error.ts';
import { openBackend } from './open-backend.ts';
import type { Backend } from './open-backend.ts';

/** Tells which migrations of a backend are drafts, and which its database has run. */
export async function migrateStatus(folder: string): Promise<CommandResult> {
  const backend = openBackend(folder);
  if ('diagnostics' in backend) return refusal(backend.diagnostics);
  try {
    const status = await readStatus(backend);
    const rows = backend.migrations.map(({ id }) => ({
      id,
      state: status.applied.includes(id) ? 'applied' : status.partial?.id === id ? 'partial' : 'pending',
      sealed: !backend.drafts.includes(id),
    }));
    return {
      diagnostics: [],
      sources: new Map(),
      text: rows.map(({ id, state, sealed }) => `${state.padEnd(8)} ${sealed ? 'sealed' : 'draft '} ${id}\n`).join(''),
      data: { migrations: rows, ...(status.partial && { partial: status.partial }) },
      summary: `${status.applied.length} applied, ${status.pending.length} pending${progressOf(status)}`,
    };
  } catch (error) {
    return refusal(explainRunnerError(error, folder));
  }
}

function progressOf({ partial }: MigrationStatus): string {
  if (partial === undefined) return '';
  const { id, finishedSteps, steps, rows } = partial;
  const changed = rows === 0 ? '' : `, and ${rows} rows of the next`;
  return `; ${id} has done ${finishedSteps} of ${steps} steps${changed}: run migrate up to go on, or migrate down to take that back`;
}

async function readStatus({ environment, data, migrations, isEmbedded, isNew }: Backend): Promise<MigrationStatus> {
  // To look must not make a database.
  if (isEmbedded && isNew) return { applied: [], pending: migrations.map(({ id }) => id) };
  const database = await openOwnerDatabase(environment, data);
  try {
    return await migrationStatus(database, migrations);
  } finally {
    await database.close();
  }
}
