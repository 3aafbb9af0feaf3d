import type { Database, Executor } from '../database/database.ts';
import { DatabaseUnavailable } from '../database/errors.ts';
import { TransactionPooler } from './errors.ts';

/**
 * Sees to it that a connection is a server process of its own. Behind a transaction pooler, either the second
 * connection is given the process that the first just used, or the first finds itself on another one, now that the
 * second holds it in a transaction.
 *
 * @throws TransactionPooler
 */
export async function refusePooler(database: Database): Promise<void> {
  if (database.kind !== 'postgres') return;
  try {
    await database.session(async (first) => {
      const own = await processOf(first);
      await database.session(async (second) => {
        await second.script('begin');
        const others = await processOf(second);
        const now = await processOf(first);
        await second.script('rollback');
        if (others === own || now !== own) throw new TransactionPooler();
      });
    });
  } catch (error) {
    // A pooler that does not take the settings of a session.
    if (error instanceof DatabaseUnavailable && error.code === '08P01') throw new TransactionPooler();
    // No room for two connections: then there is no telling.
    if (!(error instanceof DatabaseUnavailable && error.reason === 'capacity')) throw error;
  }
}

async function processOf(executor: Executor): Promise<string> {
  const { rows } = await executor.query({ text: 'select pg_catalog.pg_backend_pid()', values: [] });
  return rows[0]?.[0] ?? '';
}
