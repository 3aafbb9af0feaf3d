import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../diagnostics/reporter.ts';
import { unlocated } from '../diagnostics/span.ts';
import type { History } from '../plan/migration/history.ts';
import type { MigrationRecord } from '../plan/migration/migration-record.ts';
import { environmentVariables } from '../../runtime/environment/environment-variables.ts';
import type { Environment } from '../../runtime/environment/environment-variables.ts';
import { readEnvironment } from '../../runtime/environment/read-environment.ts';
import type { Migration } from '../../runtime/migrations/migration.ts';
import { readMigrations } from '../../runtime/migrations/read-migrations.ts';
import { readUnmanaged } from '../../runtime/migrations/read-unmanaged.ts';
import { backendFolder } from '../../runtime/server/backend-folder.ts';
import { explainRunnerError } from './explain-runner-error.ts';
import { readHistory } from './read-history.ts';

/** A compiled backend whose migrations are to be run or inspected. */
export interface Backend {
  readonly migrations: readonly Migration[];
  /** The same as the compiler reads them. */
  readonly history: History;
  /** What a rebase left out, and a database may have run. */
  readonly leftOut: readonly MigrationRecord[];
  /** What someone else keeps on the migrated tables. */
  readonly unmanaged: readonly string[];
  /** Ids that the next build may replace. */
  readonly drafts: readonly string[];
  readonly environment: Environment;
  /** Where the embedded database lives. */
  readonly data: string;
  /** Whether the environment names no Postgres. */
  readonly isEmbedded: boolean;
  /** Whether there is no embedded database yet. */
  readonly isNew: boolean;
}

/** Reads a backend's migrations and its environment, or says what is wrong with them. */
export function openBackend(folder: string): Backend | { readonly diagnostics: readonly Diagnostic[] } {
  const root = resolve(folder);
  const { history, leftOut, diagnostics } = readHistory(root, relative(process.cwd(), root), false);
  if (diagnostics.length > 0) return { diagnostics };
  if (history.migrations.length === 0) {
    return { diagnostics: [createDiagnostic(unlocated(folder), 'no-migrations', '', { path: folder })] };
  }
  try {
    const environment = readEnvironment(environmentVariables, process.env);
    const { data, migrations } = backendFolder(pathToFileURL(root + sep), environment.DATA_DIR);
    return {
      migrations: readMigrations(migrations),
      history,
      leftOut,
      unmanaged: readUnmanaged(migrations),
      drafts: history.migrations.filter(({ sealed }) => !sealed).map(({ id }) => id),
      environment,
      data,
      isEmbedded: (environment.MIGRATION_DATABASE_URL ?? environment.DATABASE_URL) === undefined,
      isNew: !existsSync(data),
    };
  } catch (error) {
    return { diagnostics: explainRunnerError(error, folder) };
  }
}
