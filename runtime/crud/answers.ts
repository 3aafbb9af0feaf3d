import type { Context } from 'hono';
import { completeAnswer } from '../http/answer-headers.ts';
import type { HeaderRecord } from '../http/request-state.ts';
import { Problem } from '../http/problem.ts';

/** A JSON answer whose body is text, or its bytes, already. */
export function jsonAnswer(
  context: Context,
  status: number,
  body: string | Buffer<ArrayBuffer>,
  headers: HeaderRecord,
): Response {
  return completeAnswer(context, status, body, { 'content-type': 'application/json', ...headers });
}

/** An answer without a body. */
export function emptyAnswer(context: Context, status: number, headers: HeaderRecord = {}): Response {
  return completeAnswer(context, status, null, headers);
}

/** The path of a row: of all that ids have, paths hold only the bar in another spelling. */
export function pathTo(collection: string, id: string): string {
  return `${collection}/${id.replaceAll('|', '%7C')}`;
}

/** Of a new row, for callers who may not read it. */
export function idJson(id: string): string {
  return `{"id":"${id}"}`;
}

export function notFound(): Problem {
  return new Problem(404, { detail: 'No such row.' });
}

export function staleVersion(): Problem {
  return new Problem(412, { detail: 'The row has changed since the version in If-Match.' });
}
