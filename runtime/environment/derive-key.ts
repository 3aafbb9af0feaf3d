import { hkdfSync } from 'node:crypto';

/** What a key is for: keys of two purposes tell nothing about each other. */
export type KeyPurpose = 'cursor';

/** The key of 32 bytes for one purpose, derived from the app's secret by HKDF-SHA256 (RFC 5869). */
export function deriveKey(secret: Uint8Array, purpose: KeyPurpose): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `supercompile ${purpose}`, 32));
}
