import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { Text } from '../database/database.ts';

const MAC_BYTES = 16;

/** Longest cursor accepted, in characters. */
export const MAX_CURSOR = 4096;

/**
 * An opaque place in a list: the raw text of the last row's sort columns, authenticated together
 * with the list it belongs to, so that it can be neither forged nor used under another filter or sort.
 */
export function encodeCursor(values: readonly Text[], list: string, key: KeyObject): string {
  const payload = Buffer.from(JSON.stringify(values));
  return Buffer.concat([mac(payload, list, key), payload]).toString('base64url');
}

/** The values of a cursor made for this very list; `undefined` for any other text. */
export function decodeCursor(cursor: string, list: string, key: KeyObject): readonly Text[] | undefined {
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.length <= MAC_BYTES || bytes.toString('base64url') !== cursor) return undefined;
  const payload = bytes.subarray(MAC_BYTES);
  if (!timingSafeEqual(bytes.subarray(0, MAC_BYTES), mac(payload, list, key))) return undefined;
  const values: unknown = JSON.parse(payload.toString());
  return Array.isArray(values) ? values.map((value) => (value === null ? null : String(value))) : undefined;
}

function mac(payload: Uint8Array, list: string, key: KeyObject): Buffer {
  return createHmac('sha256', key).update(list).update('\u0000').update(payload).digest().subarray(0, MAC_BYTES);
}
