import type { Context } from 'hono';
import type { Database, Executor } from '../database/database.ts';
import { kyselyOn } from '../database/kysely.ts';
import { retryConflicts } from '../database/retry-conflicts.ts';
import { requestIdOf } from '../http/request-id.ts';
import type { HookContext } from './hooks.ts';

/** Does the work of a change where it belongs: in a transaction when it has several steps, straight on the pool otherwise. */
export type Change = <Outcome>(
  context: Context,
  hasSteps: boolean,
  work: (on: Executor, hooked: HookContext<unknown>) => Promise<Outcome>,
) => Promise<Outcome>;

/** Changes of a database, whose hooks see the tables of a schema. */
export function changeOf(database: Database, schema: string): Change {
  return (context, hasSteps, work) => {
    const run = (on: Executor) => work(on, hookContext(context, on, schema));
    return hasSteps ? database.transaction(run) : retryConflicts(() => run(database));
  };
}

/** Whether user code takes part. */
export function isHooked(...parts: readonly unknown[]): boolean {
  return parts.some((part) => part !== undefined);
}

/** Kysely is made when a hook asks for it: most changes have none. */
export function hookContext(context: Context, on: Executor, schema: string): HookContext<unknown> {
  return {
    get db() {
      return kyselyOn<unknown>(on).withSchema(schema);
    },
    requestId: requestIdOf(context),
  };
}

export function raise(error: unknown): never {
  throw error;
}
