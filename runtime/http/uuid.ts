import { randomFillSync } from 'node:crypto';

/** Random bytes are drawn for many ids at once: a call costs more than the bytes. */
const POOL_SIZE = 4096;
const pool = new Uint8Array(POOL_SIZE);
let used = POOL_SIZE;

let lastMoment = 0;
let sequence = 0;

/** A UUID version 7 (RFC 9562): ids of one process ascend, also within a millisecond. */
export function uuidV7(): string {
  const random = takeRandom(10);
  const now = Date.now();
  if (now > lastMoment) {
    lastMoment = now;
    // Half of the twelve bits' range, so that there is room to count up.
    sequence = ((random[0] ?? 0) << 3) | ((random[1] ?? 0) & 0b111);
  } else if (++sequence > 0xfff) {
    lastMoment += 1;
    sequence = 0;
  }
  const moment = lastMoment.toString(16).padStart(12, '0');
  const variant = (((random[2] ?? 0) & 0x3f) | 0x80).toString(16);
  const rest = Buffer.from(random.subarray(3, 10)).toString('hex');
  return (
    `${moment.slice(0, 8)}-${moment.slice(8)}-7${sequence.toString(16).padStart(3, '0')}` +
    `-${variant}${rest.slice(0, 2)}-${rest.slice(2)}`
  );
}

function takeRandom(count: number): Uint8Array {
  if (used + count > POOL_SIZE) {
    randomFillSync(pool);
    used = 0;
  }
  const taken = pool.subarray(used, used + count);
  used += count;
  return taken;
}
