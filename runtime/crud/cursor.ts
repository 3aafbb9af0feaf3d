import { timingSafeEqual } from 'node:crypto';
import type { Text } from '../database/database.ts';
import type { Mac } from './mac.ts';

const MAC_BYTES = 16;

/** Longest cursor accepted, in characters. */
export const MAX_CURSOR = 4096;

/**
 * An opaque place in a list: the raw text of the last row's sort columns, authenticated together
 * with the list it belongs to, so that it can be neither forged nor used under another filter or sort.
 */
export function encodeCursor(values: readonly Text[], list: string, mac: Mac): string {
  const payload = JSON.stringify(values);
  return Buffer.concat([proofOf(payload, list, mac), Buffer.from(payload)]).toString('base64url');
}

/** The values of a cursor made for this very list; `undefined` for any other text. */
export function decodeCursor(cursor: string, list: string, mac: Mac): readonly Text[] | undefined {
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.length <= MAC_BYTES || bytes.toString('base64url') !== cursor) return undefined;
  const payload = bytes.toString('utf8', MAC_BYTES);
  if (!timingSafeEqual(bytes.subarray(0, MAC_BYTES), proofOf(payload, list, mac))) return undefined;
  const values: unknown = JSON.parse(payload);
  return Array.isArray(values) ? values.map((value) => (value === null ? null : String(value))) : undefined;
}

function proofOf(payload: string, list: string, mac: Mac): Buffer {
  return mac(`${list}\u0000${payload}`).subarray(0, MAC_BYTES);
}
