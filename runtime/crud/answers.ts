import { Problem } from '../http/problem.ts';

/** A JSON answer whose body is text already. */
export function jsonAnswer(status: number, body: string, headers: Readonly<Record<string, string>>): Response {
  return new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } });
}

/** An answer without a body. */
export function emptyAnswer(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers });
}

export function notFound(): Problem {
  return new Problem(404, { detail: 'No such row.' });
}

export function staleVersion(): Problem {
  return new Problem(412, { detail: 'The row has changed since the version in If-Match.' });
}
