import type { Context } from 'hono';
import { createHash } from 'node:crypto';
import type { Caller } from '../access/authorize.ts';
import { KEY_HEADER, parseKey } from './parse-key.ts';

/** A request that is to be done once: whose it is, its key, and what it asks for. */
export interface KeyedRequest {
  readonly caller: string;
  readonly key: string;
  /** SHA-256 of method, path, query and body, as the text of a `bytea`. */
  readonly fingerprint: string;
}

/**
 * The request as its `Idempotency-Key` names it; `undefined` without one. The order of an object's keys and the
 * space between them make no other body, since a client that builds a request again may not keep them.
 *
 * @param payload the body as parsed; `undefined` for none
 * @throws Problem 400 when the key is malformed
 */
export function keyedRequest(context: Context, caller: Caller, payload: unknown): KeyedRequest | undefined {
  const header = context.req.header(KEY_HEADER);
  if (header === undefined) return undefined;
  const key = parseKey(header);
  const { method, url } = context.req;
  const target = url.slice(url.indexOf('/', url.indexOf('://') + 3));
  const digest = createHash('sha256')
    .update(`${method} ${target}\n${canonicalJson(payload)}`)
    .digest('hex');
  return { caller: caller.principal, key, fingerprint: `\\x${digest}` };
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, sortKeys) ?? '';
}

function sortKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
