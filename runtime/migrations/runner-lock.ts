import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Session } from '../database/database.ts';
import { MigrationLocked } from './errors.ts';

/**
 * Runs `work` as the only runner of a schema. The lock is asked for again and again and not waited
 * for: a waiting statement would hold a snapshot, and the other runner's concurrent index build waits
 * for all snapshots to end.
 *
 * @throws MigrationLocked when another runner kept the lock for the whole wait
 */
export async function withRunnerLock<T>(
  session: Session,
  schema: string,
  wait: { readonly milliseconds: number; readonly onWait: () => void },
  work: () => Promise<T>,
): Promise<T> {
  const key = lockKey(schema);
  const deadline = performance.now() + wait.milliseconds;
  for (let pause = 25; !(await tryLock(session, key)); pause = Math.min(pause * 2, 500)) {
    if (performance.now() >= deadline) throw new MigrationLocked();
    wait.onWait();
    await delay(pause);
  }
  try {
    return await work();
  } finally {
    // Where the connection is gone, the lock went with it.
    await session.query({ text: 'select pg_catalog.pg_advisory_unlock($1)', values: [key] }).catch(() => undefined);
  }
}

async function tryLock(session: Session, key: string): Promise<boolean> {
  const { rows } = await session.query({ text: 'select pg_catalog.pg_try_advisory_lock($1)', values: [key] });
  return rows[0]?.[0] === 't';
}

/** A bigint of the schema's name; advisory locks are of one database, so two apps in one database do not meet. */
function lockKey(schema: string): string {
  return createHash('sha256').update(`supercompile migrations ${schema}`).digest().readBigInt64BE().toString();
}
