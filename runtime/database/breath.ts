/** Longest, in milliseconds, that work of one kind keeps the thread from everything else. */
const MOST = 10;

/**
 * Lets sockets and timers have their turn between pieces of work that never wait by themselves: what follows them
 * through promises alone keeps the event loop from coming round, however many pieces there are.
 */
export class Breath {
  #heldSince: number | undefined;

  /** Resolves when the loop has come round, where the thread has been held for long; `undefined` where it has not. */
  due(): Promise<void> | undefined {
    const now = performance.now();
    if (this.#heldSince === undefined) this.#begin(now);
    else if (now - this.#heldSince >= MOST) return new Promise((resolve) => setImmediate(() => resolve(this.#begin())));
    return undefined;
  }

  #begin(now = performance.now()): void {
    this.#heldSince = now;
    setImmediate(() => (this.#heldSince = undefined));
  }
}
