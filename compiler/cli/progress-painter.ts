/** The thread of `startProgress`: it has the screen's last line until it is told to stop. */
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { CLEARED, ENDED, PAINTED } from './progress.ts';
import type { Painting } from './progress.ts';

/** Before anything is shown, and between one picture and the next, in milliseconds. */
const FIRST = 1_000;
const NEXT = 250;

const STDERR = 2;
const CLEAR_LINE = '\r\u001B[K';

const { label, flags }: Painting = workerData;
const since = performance.now();

for (let wait = FIRST; Atomics.wait(flags, ENDED, 0, wait) === 'timed-out'; wait = NEXT) {
  Atomics.store(flags, PAINTED, 1);
  paint(`${CLEAR_LINE}${label} ... ${Math.floor((performance.now() - since) / 1_000)} s`);
}
if (Atomics.load(flags, PAINTED) === 1) paint(CLEAR_LINE);
Atomics.store(flags, CLEARED, 1);
Atomics.notify(flags, CLEARED);

function paint(text: string): void {
  try {
    writeSync(STDERR, text);
  } catch {
    // A terminal that is gone, or takes nothing more: it is only a picture.
  }
}
