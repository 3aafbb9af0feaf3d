import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Located } from '../diagnostics/span.ts';
import type { App } from '../model/app.ts';
import type { DatabaseSchema } from './database-schema.ts';
import type { History } from './history.ts';

export interface MigrationRequest {
  readonly app: App;
  /** The spec: refusals point into it. */
  readonly document: Located;
  readonly history: History;
}

/** A file of the backend, its path relative to the backend's folder. */
export interface MigrationFile {
  readonly path: string;
  readonly text: string;
}

export interface MigrationPlan {
  /** What the database is once all migrations ran. */
  readonly schema: DatabaseSchema;
  /** Ids in the order of the parent chain, the new draft last. */
  readonly migrations: readonly string[];
  /** The new draft; absent when the history already leads to the schema. */
  readonly migration?: { readonly id: string; readonly sql: MigrationFile; readonly json: MigrationFile };
  /** `migrations/snapshot.json`. */
  readonly snapshot: MigrationFile;
  /** With an error among them, nothing of this may be written. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Plans the one migration that leads from the sealed history to what the app needs. */
export function planMigration(request: MigrationRequest): MigrationPlan {
  throw new Error(`not yet built: ${request.app.name}`);
}
