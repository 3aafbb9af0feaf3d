import { Problem } from '../http/problem.ts';

/** Name of the header, as requests spell it. */
export const KEY_HEADER = 'Idempotency-Key';

/** Longest key, in characters. */
const MAX_KEY = 255;

/** Refuses a header that carries no key, before anything else of a request is looked at. @throws Problem 400 */
export function checkKey(header: string | undefined): void {
  if (header !== undefined) parseKey(header);
}

/** A string of structured headers (RFC 8941), as the IETF's draft has it: `"8e03978e"`. */
const QUOTED = /^"((?:[^"\\]|\\["\\])*)"$/;
const PRINTABLE = /^[\x20-\x7e]+$/;

/**
 * The key that a header carries: bare, or quoted as a structured header, which is the same key.
 *
 * @throws Problem 400 when it is none
 */
export function parseKey(header: string): string {
  const quoted = QUOTED.exec(header)?.[1];
  const key = quoted === undefined ? header : quoted.replace(/\\(.)/g, '$1');
  if (key.length <= MAX_KEY && PRINTABLE.test(key)) return key;
  const detail = `must be 1 to ${MAX_KEY} printable ASCII characters`;
  throw new Problem(400, {
    detail: `${KEY_HEADER} is no key.`,
    errors: [{ parameter: KEY_HEADER, code: 'format', detail }],
  });
}
