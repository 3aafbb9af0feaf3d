import type { Context } from 'hono';
import type { Kysely } from 'kysely';
import { ANONYMOUS } from '../access/authorize.ts';
import { jsonAnswer } from '../crud/answers.ts';
import type { Database, Executor } from '../database/database.ts';
import { kyselyOn } from '../database/kysely.ts';
import type { HeaderRecord } from '../http/request-state.ts';
import type { Outcome } from '../idempotency/kept-result.ts';
import { keyedRequest } from '../idempotency/keyed-request.ts';
import type { Once } from '../idempotency/once.ts';

/** What a route of the user's answers. */
export interface RouteAnswer {
  readonly status: number;
  /** Sent as JSON. */
  readonly body: unknown;
  readonly headers?: HeaderRecord;
}

/**
 * Does the work of a POST in one transaction, and once for each `Idempotency-Key`: the answer is kept in that
 * transaction and given again. What `work` throws keeps nothing. `payload` is the body, which tells one request
 * from another.
 */
export type DoOnce<Schema> = (
  context: Context,
  payload: unknown,
  work: (db: Kysely<Schema>) => Promise<RouteAnswer>,
) => Promise<Response>;

/** Makes the `once` that routes of the user's are given. */
export function doOnce<Schema>(once: Once, database: Database, schema: string): DoOnce<Schema> {
  return async (context, payload, work) => {
    const run = async (on: Executor): Promise<Outcome> =>
      outcomeOf(await work(kyselyOn<Schema>(on).withSchema(schema)));
    const request = keyedRequest(context, ANONYMOUS, payload);
    const { status, body, headers } = await (request === undefined
      ? database.transaction(run)
      : once.transaction(request, run));
    return jsonAnswer(context, status, body, headers);
  };
}

function outcomeOf({ status, body, headers = {} }: RouteAnswer): Outcome {
  return { status, headers, body: JSON.stringify(body ?? null) };
}
