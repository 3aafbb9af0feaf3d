import { randomFillSync } from 'node:crypto';

/** Random bytes are drawn for many ids at once: a call costs more than the bytes. */
const POOL_SIZE = 4096;
const pool = Buffer.alloc(POOL_SIZE);
let used = POOL_SIZE;
/** Random bytes of one id: two for its place in the millisecond and its variant, eight for the rest. */
const DRAWN = 10;

/** The digit that holds the variant (RFC 9562) and two random bits. */
const VARIANTS = ['8', '9', 'a', 'b'];

let lastMoment = 0;
/** What the ids of that millisecond begin with. */
let beginning = '';
let sequence = 0;

/** A UUID version 7 (RFC 9562): ids of one process ascend, also within a millisecond. */
export function uuidV7(): string {
  const at = draw();
  const now = Date.now();
  if (now > lastMoment) {
    begin(now);
    // Half of the twelve bits' range, so that there is room to count up.
    sequence = pool.readUInt16BE(at) & 0x7ff;
  } else if (++sequence > 0xfff) {
    begin(lastMoment + 1);
    sequence = 0;
  }
  const place = (0x1000 | sequence).toString(16).slice(1);
  const rest = pool.toString('hex', at + 2, at + DRAWN);
  return `${beginning}${place}-${VARIANTS[(pool[at] ?? 0) >> 6]}${rest.slice(1, 4)}-${rest.slice(4)}`;
}

function begin(moment: number): void {
  const digits = moment.toString(16).padStart(12, '0');
  lastMoment = moment;
  beginning = `${digits.slice(0, 8)}-${digits.slice(8)}-7`;
}

/** Where the random bytes of the next id stand. */
function draw(): number {
  if (used + DRAWN > POOL_SIZE) {
    randomFillSync(pool);
    used = 0;
  }
  const at = used;
  used += DRAWN;
  return at;
}
