import { timingSafeEqual } from 'node:crypto';
import type { Text } from '../database/database.ts';
import { hmacSha256, type Mac } from './mac.ts';

const MAC_BYTES = 16;

/** Longest cursor accepted, in characters. */
export const MAX_CURSOR = 4096;

/** How many of the last cursors are remembered, none longer than so many characters. */
const MOST_KNOWN = 1_000;
const LONGEST_KNOWN = 512;

/** What a cursor stands for. */
interface Known {
  readonly list: string;
  readonly values: readonly Text[];
}

/**
 * Opaque places in lists: the raw text of the last row's sort columns, authenticated together with the list it
 * belongs to, so that it can be neither forged nor used under another filter or sort. Most come back to the process
 * that has just handed them out, and need not be proven to it.
 */
export class Cursors {
  readonly #mac: Mac;
  readonly #known = new Map<string, Known>();

  constructor(key: Uint8Array) {
    this.#mac = hmacSha256(key);
  }

  encode(values: readonly Text[], list: string): string {
    const payload = JSON.stringify(values);
    const cursor = Buffer.concat([this.#proofOf(payload, list), Buffer.from(payload)]).toString('base64url');
    this.#remember(cursor, { list, values });
    return cursor;
  }

  /** The values of a cursor made for this very list; `undefined` for any other text. */
  decode(cursor: string, list: string): readonly Text[] | undefined {
    const known = this.#known.get(cursor);
    if (known !== undefined) return known.list === list ? known.values : undefined;
    const values = this.#prove(cursor, list);
    if (values !== undefined) this.#remember(cursor, { list, values });
    return values;
  }

  #prove(cursor: string, list: string): readonly Text[] | undefined {
    const bytes = Buffer.from(cursor, 'base64url');
    if (bytes.length <= MAC_BYTES || bytes.toString('base64url') !== cursor) return undefined;
    const payload = bytes.toString('utf8', MAC_BYTES);
    if (!timingSafeEqual(bytes.subarray(0, MAC_BYTES), this.#proofOf(payload, list))) return undefined;
    const values: unknown = JSON.parse(payload);
    return Array.isArray(values) ? values.map((value) => (value === null ? null : String(value))) : undefined;
  }

  #proofOf(payload: string, list: string): Buffer {
    return this.#mac(`${list}\u0000${payload}`).subarray(0, MAC_BYTES);
  }

  #remember(cursor: string, known: Known): void {
    if (cursor.length > LONGEST_KNOWN) return;
    this.#known.set(cursor, known);
    if (this.#known.size > MOST_KNOWN) this.#known.delete(this.#known.keys().next().value ?? '');
  }
}
