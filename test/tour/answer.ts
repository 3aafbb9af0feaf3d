import { isObject, type Json, type JsonObject } from './json.ts';
import { list } from './document.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The body's text. */
  readonly raw: string;
  /** `null` without a body; the text where it is no JSON. */
  readonly body: Json;
}

/** A body as JSON, or its text where it is none. */
export function parseBody(raw: string): Json {
  try {
    return raw === '' ? null : (JSON.parse(raw) as Json);
  } catch {
    return raw;
  }
}

/** Whether a row stands still: when it does, no document tells. */
export function isFrozen({ status, body }: Answer): boolean {
  return status === 409 && isObject(body) && body['type'] === 'urn:problem:frozen';
}

/** Entries of `errors` in a problem. */
export function errorsOf({ body }: Answer): readonly JsonObject[] {
  return isObject(body) ? list(body['errors']).filter(isObject) : [];
}
