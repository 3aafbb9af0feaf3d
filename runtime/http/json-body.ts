import type { Context } from 'hono';
import { inexactNumbers } from './inexact-numbers.ts';
import { inspectJson } from './inspect-json.ts';
import { Problem } from './problem.ts';
import { readBytes } from './read-bytes.ts';
import { stateOf } from './request-state.ts';

/**
 * The body of a request as JSON, refused unless it is: sent as JSON (415), not too large (413, before
 * it is in memory), UTF-8 and well-formed (400), and free of what could not be stored as it is (422).
 *
 * @throws Problem
 */
export async function readJsonBody(context: Context): Promise<unknown> {
  const state = stateOf(context);
  const bytes = await readBytes(context.req.raw, state.bodyLimit, (isEmpty) => {
    if (!isEmpty || context.req.header('content-type') !== undefined) assertJson(context);
  });
  if (bytes.length === 0) throw new Problem(400, { detail: 'The body is missing.' });
  const text = decodeUtf8(bytes);
  const value = parseJson(text);
  const problems = inspectJson(value);
  const errors = problems.length > 0 ? problems : inexactNumbers(text);
  if (errors.length > 0) throw new Problem(422, { detail: 'The request does not validate.', errors });
  state.payload = value;
  return value;
}

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json[\t ]*(?:;[\t ]*charset[\t ]*=[\t ]*"?utf-8"?[\t ]*)?$/i;

function assertJson(context: Context): void {
  const encoding = context.req.header('content-encoding');
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new Problem(415, { detail: 'The body must not be compressed.', headers: { 'accept-encoding': 'identity' } });
  }
  if (!JSON_TYPE.test(context.req.header('content-type') ?? '')) {
    throw new Problem(415, { detail: 'The body must be sent as application/json, in UTF-8.' });
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Problem(400, { detail: 'The body is not UTF-8.' });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body.
    throw new Problem(400, { detail: 'The body is not JSON.' });
  }
}
