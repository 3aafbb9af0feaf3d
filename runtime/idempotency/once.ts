import type { Database, Executor } from '../database/database.ts';
import { DatabaseError } from '../database/errors.ts';
import { Problem } from '../http/problem.ts';
import type { KeptResult, Outcome } from './kept-result.ts';
import type { KeyedRequest } from './keyed-request.ts';
import { KEY_CONSTRAINT, keyTable, type FoundResult, type KeyTable } from './key-table.ts';
import { KEY_HEADER } from './parse-key.ts';

/** Header of an answer that an earlier request with the same key has had. */
export const REPLAYED_HEADER = 'Idempotent-Replayed';

/** Largest body that is kept, in characters. */
const MAX_BODY = 1024 * 1024;

/** Every so many requests that were done one sweeps up: more expired rows go than come. */
const SWEEP_EVERY = 64;

/** Turns a kept row into its outcome; told by the room that knows rows. */
export type ReadRow = (result: KeptResult) => Outcome;

/**
 * Does a request with an `Idempotency-Key` once. Its outcome is kept in the transaction of its work, so there are
 * both or neither; an error keeps nothing, and the key may be used again.
 */
export class Once {
  readonly #database: Database;
  readonly #readRow: ReadRow;
  readonly #done = { count: 0 };
  /** Where the results are kept. */
  readonly table: KeyTable;

  constructor(database: Database, schema: string, readRow: ReadRow) {
    this.#database = database;
    this.#readRow = readRow;
    this.table = keyTable(schema);
  }

  /**
   * Does `work` in a transaction of its own, in which its outcome is kept.
   *
   * @throws as `attempt`; Problem 413 for an outcome that is too large to be kept
   */
  transaction(request: KeyedRequest, work: (on: Executor) => Promise<Outcome>): Promise<Outcome> {
    return this.attempt(request, () =>
      this.#database.transaction(async (on) => {
        if (!(await this.table.claim(on, request))) return undefined;
        const outcome = await work(on);
        assertKeepable(outcome.body.length);
        await this.table.keep(on, request, { ...outcome, columns: null });
        return outcome;
      }),
    );
  }

  /**
   * The outcome of `work`, or the one that is kept. `work` claims the key, and answers `undefined` when that is taken.
   *
   * @throws Problem 409 while another request with the key is being done, 422 when that asked for something else
   */
  async attempt(request: KeyedRequest, work: () => Promise<Outcome | undefined>): Promise<Outcome> {
    for (let isFirst = true; ; isFirst = false) {
      const { outcome, error } = await settle(work);
      if (outcome !== undefined) {
        this.#sweepNowAndThen();
        return outcome;
      }
      const kept = await this.table.find(this.#database, request);
      // What stood in the way may have expired, and been swept up before it was looked for.
      if (kept === undefined && error === undefined && isFirst) continue;
      if (kept === undefined) throw error ?? inFlight();
      if (!kept.hasExpired) return this.#replay(request, kept);
      await this.table.forget(this.#database, request);
    }
  }

  #replay({ fingerprint }: KeyedRequest, kept: FoundResult): Outcome {
    if (kept.fingerprint !== fingerprint) throw reused();
    const { status, headers, body } = kept.columns === null ? kept : this.#readRow(kept);
    return { status, body, headers: { ...headers, [REPLAYED_HEADER.toLowerCase()]: 'true' } };
  }

  /** Beside the answer, which does not wait for it; what fails is left for the next. */
  #sweepNowAndThen(): void {
    const isDue = this.#done.count % SWEEP_EVERY === 0;
    this.#done.count += 1;
    if (isDue) void this.table.sweep(this.#database).catch(() => undefined);
  }
}

/** @throws Problem 413 when so many characters are too many to be kept */
export function assertKeepable(characters: number): void {
  if (characters <= MAX_BODY) return;
  throw new Problem(413, {
    detail: `With ${KEY_HEADER} the answer may have at most ${MAX_BODY} characters, because it is kept.`,
  });
}

interface Settled {
  readonly outcome?: Outcome | undefined;
  /** Of the work itself: the key may be taken all the same, and that comes first. */
  readonly error?: unknown;
}

async function settle(work: () => Promise<Outcome | undefined>): Promise<Settled> {
  try {
    return { outcome: await work() };
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    // Somebody was faster between the look and the insert.
    return error.constraint === KEY_CONSTRAINT ? {} : { error };
  }
}

function inFlight(): Problem {
  return new Problem(409, {
    detail: 'Another request with this key is being done; try again.',
    code: 'idempotency-key-in-flight',
    errors: [{ parameter: KEY_HEADER, code: 'inFlight', detail: 'is in use by a request that is not answered yet' }],
    headers: { 'retry-after': '1' },
  });
}

function reused(): Problem {
  return new Problem(422, {
    detail: 'The key was used for another request.',
    code: 'idempotency-key-reused',
    errors: [{ parameter: KEY_HEADER, code: 'reused', detail: 'belongs to a request with another path or body' }],
  });
}
