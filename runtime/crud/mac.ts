import { hash } from 'node:crypto';

/** Bytes that SHA-256 takes at once. */
const BLOCK = 64;

/** The authentication code of a message, 32 bytes. */
export type Mac = (message: string) => Buffer;

/**
 * HMAC-SHA256 (RFC 2104) with a key of at most 64 bytes, of two one-shot hashes: an `Hmac` of node:crypto is an object
 * outside the heap, and to make and collect one costs several times what it works out.
 */
export function hmacSha256(key: Uint8Array): Mac {
  if (key.length > BLOCK) throw new RangeError(`The key has more than ${BLOCK} bytes.`);
  const [inner, outer] = [padded(key, 0x36), padded(key, 0x5c)];
  return (message) => {
    const digest = hash('sha256', Buffer.concat([inner, Buffer.from(message)]), 'buffer');
    return hash('sha256', Buffer.concat([outer, digest]), 'buffer');
  };
}

function padded(key: Uint8Array, pad: number): Buffer {
  return Buffer.from(Array.from({ length: BLOCK }, (_, index) => (key[index] ?? 0) ^ pad));
}
