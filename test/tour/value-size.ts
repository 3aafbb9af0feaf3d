import type { Json } from './json.ts';

/** Largest value the tour writes in one property: bodies have limits that the document does not tell. */
export const MAX_BYTES = 6000;

/** In bytes of JSON. */
export function size(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value));
}
