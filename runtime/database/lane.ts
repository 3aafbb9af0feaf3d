import type { ClientConfig } from 'pg';
import type { Result, Statement } from './database.ts';
import { atEndOfTick } from './end-of-tick.ts';
import { DatabaseUnavailable } from './errors.ts';
import { onlyResult } from './only-result.ts';
import { spoilsConnection } from './postgres-errors.ts';
import { sendStatements } from './send-statement.ts';
import { TextClient } from './text-client.ts';

export interface LaneOptions {
  readonly config: ClientConfig;
  readonly prepare: boolean;
  /** Milliseconds without any answer to what was sent, after which the connection counts as dead. */
  readonly silenceLimit: number;
}

/** Milliseconds that the statement at the head may take before others should go elsewhere. */
const STALL = 250;

/**
 * One pipelined connection: statements are sent without waiting for the answers to those before. It never holds
 * a transaction, and everything sent in one tick is written at once.
 */
export class Lane {
  readonly #options: LaneOptions;
  readonly #client: TextClient;
  #isOpen = false;
  #isCorked = false;
  #isSilent = false;
  #inFlight = 0;
  #lastAnswer = 0;
  #watch: NodeJS.Timeout | undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#client = new TextClient({ ...options.config, pipeline: true });
    // What was in flight is rejected by `pg`; without a listener the loss of an idle one would end this process.
    this.#client.on('error', () => (this.#isOpen = false));
    this.#client.on('end', () => (this.#isOpen = false));
  }

  async connect(): Promise<void> {
    await this.#client.connect();
    this.#isOpen = true;
  }

  /** Whether statements may be sent: false from the first sign that the connection is lost or spoilt. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Whether a statement stands at the head for longer than one that is short does. */
  isStalled(now: number): boolean {
    return this.#inFlight > 0 && now - this.#lastAnswer > STALL;
  }

  /** @throws as Executor.query does */
  async send(statement: Statement): Promise<Result> {
    if (this.#inFlight === 0) this.#lastAnswer = performance.now();
    this.#inFlight += 1;
    this.#watchSilence();
    try {
      return onlyResult(await this.#enqueue(statement));
    } catch (error) {
      if (spoilsConnection(error)) this.retire();
      throw this.#isSilent ? new DatabaseUnavailable('timeout') : error;
    } finally {
      this.#inFlight -= 1;
      this.#lastAnswer = performance.now();
    }
  }

  /** Takes no more statements; ends the connection when those in flight are answered. */
  retire(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    void this.#client.end().catch(() => undefined);
  }

  /** Resolves when the statements in flight are answered and the connection is gone. */
  async close(): Promise<void> {
    this.#isOpen = false;
    await this.#client.end().catch(() => undefined);
    clearTimeout(this.#watch);
  }

  /**
   * The one place where anything is put on the lane. Whatever a statement needs to be set for its caller (the
   * claims that row-level security reads) has to be sent here, right before it and in the same call: then
   * nothing can come in between, and no statement runs under another caller's claims.
   */
  #enqueue(statement: Statement): ReturnType<typeof sendStatements> {
    this.#cork();
    return sendStatements(this.#client, [statement], this.#options.prepare);
  }

  #cork(): void {
    if (this.#isCorked) return;
    const { stream } = this.#client.connection;
    this.#isCorked = true;
    stream.cork();
    atEndOfTick(() => {
      this.#isCorked = false;
      stream.uncork();
    });
  }

  /** One timer a lane and not one a statement: they are answered in order, so silence is that of the oldest. */
  #watchSilence(): void {
    this.#watch ??= this.#checkAfter(this.#options.silenceLimit);
  }

  #checkAfter(delay: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.#watch = undefined;
      if (this.#inFlight === 0) return;
      const remaining = this.#lastAnswer + this.#options.silenceLimit - performance.now();
      if (remaining > 0) this.#watch = this.#checkAfter(remaining);
      else this.#giveUp();
    }, delay).unref();
  }

  #giveUp(): void {
    this.#isSilent = true;
    this.#isOpen = false;
    this.#client.connection.stream.destroy();
  }
}
