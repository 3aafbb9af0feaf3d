import type { Database, Session } from '../database/database.ts';
import type { MigrateOptions } from './migration.ts';
import { refusePooler } from './refuse-pooler.ts';
import { withRunnerLock } from './runner-lock.ts';

const LOCK_WAIT = 60_000;

/**
 * Names resolve to nothing but Postgres' own. A row that row security would hide from an owner who is bound by it is
 * an error, not a row that is silently skipped: backfills need a login that row security does not bind.
 */
const SETTINGS = "set search_path = ''; set row_security = off; set client_min_messages = warning";

/**
 * Runs `work` on a connection of its own, as the only runner of a schema.
 *
 * @throws MigrationLocked, TransactionPooler
 */
export async function asRunner<T>(
  database: Database,
  schema: string,
  options: MigrateOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  await refusePooler(database);
  const onWait = (): void => options.onEvent?.({ kind: 'waiting-for-lock' });
  const wait = { milliseconds: options.lockWait ?? LOCK_WAIT, onWait };
  return database.session((session) =>
    withRunnerLock(session, schema, wait, async () => {
      await session.script(SETTINGS);
      return work(session);
    }),
  );
}
