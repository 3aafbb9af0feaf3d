import type { Database } from '../database/database.ts';

/**
 * What the developer's loop prepares in a process before the server in it starts; nothing in any
 * other run. Only `runtime/development/standby.ts` calls what changes it.
 */
interface Rehearsal {
  /** Embedded databases that are open, or about to be, by directory. */
  readonly opened: Map<string, Promise<Database>>;
  /** Replaces the backend's own folder of migrations. */
  migrations: string | undefined;
}

const rehearsal: Rehearsal = { opened: new Map(), migrations: undefined };

/** Opens an embedded database for the server that is yet to start. @throws whatever `openPglite` does */
export async function openInAdvance(directory: string): Promise<void> {
  const opening = openEmbedded(directory);
  rehearsal.opened.set(directory, opening);
  await opening;
}

/** Has the server apply the migrations of this folder instead of the backend's. */
export function rehearseMigrations(folder: string): void {
  rehearsal.migrations = folder;
}

/** The embedded database in a directory: the one that was opened in advance, or a new one. */
export function takeDatabase(directory: string): Promise<Database> {
  const opened = rehearsal.opened.get(directory);
  rehearsal.opened.delete(directory);
  return opened ?? openEmbedded(directory);
}

/** The folder of migrations to apply, `own` unless another one is rehearsed. */
export function migrationsToApply(own: string): string {
  return rehearsal.migrations ?? own;
}

/** Loaded here, since a server of Postgres needs neither PGlite's code nor its memory. */
export async function openEmbedded(directory: string): Promise<Database> {
  const { openPglite } = await import('../database/pglite.ts');
  return openPglite(directory);
}
