import type { Database, Session } from '../database/database.ts';
import type { IndexProgress } from './migration.ts';

/** Milliseconds between two looks. */
const INTERVAL = 1_000;

/**
 * Tells how far the concurrent index builds of a session are, from a connection of its own, until stopped. The
 * embedded database has but one connection and tells nothing. A look that fails is not worth a migration.
 */
export async function watchIndexBuild(
  database: Database,
  session: Session,
  tell: (progress: IndexProgress) => void,
  interval: number = INTERVAL,
): Promise<{ readonly stop: () => void }> {
  if (database.kind !== 'postgres') return { stop: () => undefined };
  const { rows } = await session.query({ text: 'select pg_catalog.pg_backend_pid()', values: [] });
  const process = rows[0]?.[0] ?? '';
  let isWatching = true;
  const look = async (): Promise<void> => {
    const progress = await readProgress(database, process).catch(() => undefined);
    if (isWatching && progress !== undefined) tell(progress);
  };
  const timer = setInterval(() => void look(), interval);
  return {
    stop: () => {
      isWatching = false;
      clearInterval(timer);
    },
  };
}

async function readProgress(database: Database, process: string): Promise<IndexProgress | undefined> {
  const { rows } = await database.query({ text: PROGRESS, values: [process] });
  const [phase, done, total] = rows[0] ?? [];
  return typeof phase === 'string' ? { phase, done: Number(done), total: Number(total) } : undefined;
}

/** A phase counts blocks, tuples, or the transactions that it waits for. */
const PROGRESS = `select phase,
  case when blocks_total > 0 then blocks_done when tuples_total > 0 then tuples_done else lockers_done end,
  case when blocks_total > 0 then blocks_total when tuples_total > 0 then tuples_total else lockers_total end
from pg_catalog.pg_stat_progress_create_index where pid = $1::integer`;
