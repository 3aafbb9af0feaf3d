import type { Context } from 'hono';
import { stateOf, type HeaderRecord } from './request-state.ts';

/**
 * An answer that has the common headers from the start, in a plain record, which goes to the socket as it is: a
 * `Headers` object costs more than all else in an answer of one row.
 */
export function completeAnswer(
  context: Context,
  status: number,
  body: string | Buffer<ArrayBuffer> | null,
  headers: HeaderRecord,
): Response {
  const state = stateOf(context);
  const answer = new Response(body, { status, headers: { ...state.headers, ...headers } });
  state.complete = answer;
  return answer;
}

/** Sees to it that the answer, whoever made it, has the common headers. */
export function completeHeaders(context: Context): void {
  const { complete, headers: common } = stateOf(context);
  if (complete === context.res) return;
  const { headers } = context.res;
  for (const [name, value] of Object.entries(common)) {
    if (!OWN.has(name) || !headers.has(name)) headers.set(name, value);
  }
}

/** What an answer may say for itself. */
const OWN: ReadonlySet<string> = new Set(['cache-control', 'content-security-policy']);
