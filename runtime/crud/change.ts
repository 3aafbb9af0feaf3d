import type { Context } from 'hono';
import type { Database, Executor } from '../database/database.ts';
import { kyselyOn } from '../database/kysely.ts';
import { retryConflicts } from '../database/retry-conflicts.ts';
import { stateOf } from '../http/request-state.ts';
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
    if (!hasSteps) return retryConflicts(() => work(database, UNHOOKED));
    return database.transaction((on) => work(on, hookContext(context, on, schema)));
  };
}

/** Whether user code takes part. */
export function isHooked(...parts: readonly unknown[]): boolean {
  return parts.some((part) => part !== undefined);
}

/** Kysely is made when a hook asks for it. */
export function hookContext(context: Context, on: Executor, schema: string): HookContext<unknown> {
  return {
    get db() {
      return kyselyOn<unknown>(on).withSchema(schema);
    },
    requestId: stateOf(context).requestId,
  };
}

/** Of a change of one step, which has no user code: nobody asks for it, and making one costs as much as a small query. */
const UNHOOKED: HookContext<unknown> = {
  get db(): never {
    throw new TypeError('A change of one step has no hooks.');
  },
  requestId: '',
};

export function raise(error: unknown): never {
  throw error;
}
