import type { Context } from 'hono';

/** Headers by lower-case name. */
export type HeaderRecord = Readonly<Record<string, string>>;

/** Remembers what every answer to this request has to have. */
export function setCommonHeaders(context: Context, headers: HeaderRecord): void {
  context.set(COMMON, headers);
}

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
  const common: HeaderRecord = context.get(COMMON) ?? {};
  const answer = new Response(body, { status, headers: { ...common, ...headers } });
  context.set(COMPLETE, answer);
  return answer;
}

/** Sees to it that the answer, whoever made it, has the common headers. */
export function completeHeaders(context: Context, common: HeaderRecord): void {
  if (context.get(COMPLETE) === context.res) return;
  const { headers } = context.res;
  for (const [name, value] of Object.entries(common)) {
    if (!OWN.has(name) || !headers.has(name)) headers.set(name, value);
  }
}

/** What an answer may say for itself. */
const OWN: ReadonlySet<string> = new Set(['cache-control', 'content-security-policy']);

const COMMON = 'commonHeaders';
const COMPLETE = 'completeAnswer';
