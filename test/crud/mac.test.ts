import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { hmacSha256 } from '../../runtime/crud/mac.ts';

test('the code is that of node:crypto, and of RFC 4231', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.string({ unit: 'grapheme', maxLength: 300 }), (key, message) => {
      expect(hmacSha256(key)(message)).toEqual(createHmac('sha256', key).update(message).digest());
    }),
  );
  expect(hmacSha256(Buffer.from('Jefe'))('what do ya want for nothing?').toString('hex')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
  expect(() => hmacSha256(new Uint8Array(65))).toThrow(RangeError);
});
