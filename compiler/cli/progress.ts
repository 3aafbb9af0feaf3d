import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

/** Something that may take its time, shown to a person who waits for it. */
export interface Progress {
  /** Ends it and takes it off the screen. */
  stop(): void;
}

/** Places in the memory that the painter shares. */
export const ENDED = 0;
export const PAINTED = 1;
export const CLEARED = 2;

export interface Painting {
  readonly label: string;
  readonly flags: Int32Array;
}

/** Longest wait for the screen to be cleared, in milliseconds. */
const PATIENCE = 500;

/**
 * After a second, says on standard error what is being done and for how long; without a terminal there,
 * nothing. A thread paints, because compiling leaves no turn to a timer.
 */
export function startProgress(label: string): Progress {
  if (!process.stderr.isTTY || process.env['TERM'] === 'dumb') return { stop: () => undefined };
  const flags = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  const painting: Painting = { label, flags };
  const painter = new URL(`progress-painter${extname(import.meta.filename)}`, import.meta.url);
  const worker = new Worker(painter, { workerData: painting });
  // Without it the work goes on all the same.
  worker.on('error', () => undefined);
  worker.unref();
  return {
    stop: () => {
      Atomics.store(flags, ENDED, 1);
      Atomics.notify(flags, ENDED);
      if (Atomics.load(flags, PAINTED) === 1) Atomics.wait(flags, CLEARED, 0, PATIENCE);
    },
  };
}
