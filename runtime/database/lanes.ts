import type { ConnectionCount, Result, Statement } from './database.ts';
import { Lane, type LaneOptions } from './lane.ts';

export interface LanesOptions extends LaneOptions {
  readonly count: number;
}

/** Most statements in flight on one lane; more go to the pool, whose waits are bounded. */
const MAX_IN_FLIGHT = 1_000;

/** Milliseconds before a lost lane is made again: the first time, and at most. */
const FIRST_BACKOFF = 50;
const MAX_BACKOFF = 1_000;

/** Where one lane stands, or will again. */
interface Berth {
  lane: Lane | undefined;
  isConnecting: boolean;
  failures: number;
  retryAt: number;
}

/**
 * A few pipelined connections for statements that read, are short and stand alone. They are made when first
 * asked for, and again after they were lost, beside the work: who asks meanwhile is told to go elsewhere.
 */
export class Lanes {
  readonly #options: LanesOptions;
  readonly #berths: readonly Berth[];
  readonly #connecting = new Set<Promise<void>>();
  #isClosed = false;

  constructor(options: LanesOptions) {
    this.#options = options;
    this.#berths = Array.from({ length: options.count }, () => ({
      lane: undefined,
      isConnecting: false,
      failures: 0,
      retryAt: 0,
    }));
  }

  /** Sends a statement on the lane with the least to do; `undefined` when none can take it now. */
  send(statement: Statement): Promise<Result> | undefined {
    return this.#pick()?.send(statement);
  }

  connections(): readonly ConnectionCount[] {
    const open = this.#berths.flatMap(({ lane }) => (lane?.isOpen === true ? [lane] : []));
    const active = open.filter(({ inFlight }) => inFlight > 0).length;
    return [
      { kind: 'lane', state: 'active', count: active },
      { kind: 'lane', state: 'idle', count: open.length - active },
    ];
  }

  /** Resolves when the statements in flight are answered. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#connecting);
    await Promise.all(this.#berths.map(({ lane }) => lane?.close()));
  }

  #pick(): Lane | undefined {
    if (this.#isClosed) return undefined;
    const now = performance.now();
    let best: Lane | undefined;
    for (const berth of this.#berths) {
      const { lane } = berth;
      if (lane === undefined || !lane.isOpen) this.#replace(berth, now);
      else if (canTake(lane, now) && (best === undefined || lane.inFlight < best.inFlight)) best = lane;
    }
    return best;
  }

  #replace(berth: Berth, now: number): void {
    if (berth.isConnecting || now < berth.retryAt) return;
    berth.isConnecting = true;
    const connecting = this.#connect(berth).finally(() => this.#connecting.delete(connecting));
    this.#connecting.add(connecting);
  }

  async #connect(berth: Berth): Promise<void> {
    const lane = new Lane(this.#options);
    try {
      await lane.connect();
      berth.lane = lane;
      berth.failures = 0;
    } catch {
      // The pool meets the same fault, and says it.
      berth.lane = undefined;
      berth.failures += 1;
    }
    // Also after a success: a server that takes connections only to drop them is not asked in a loop.
    berth.retryAt = performance.now() + Math.min(FIRST_BACKOFF * 2 ** berth.failures, MAX_BACKOFF);
    berth.isConnecting = false;
  }
}

function canTake(lane: Lane, now: number): boolean {
  return lane.inFlight < MAX_IN_FLIGHT && !lane.isStalled(now);
}
