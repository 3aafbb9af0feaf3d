import type { Caller } from '../access/authorize.ts';
import type { Database } from '../database/database.ts';
import { atEndOfTick } from '../database/end-of-tick.ts';
import type { RawRow } from '../database/raw-row.ts';
import type { Repository } from './repository.ts';

/** Most rows that one statement reads. */
const MAX_BATCH = 200;

type Batch = Map<string, PromiseWithResolvers<RawRow | undefined>>;

/**
 * Reads of single rows: those that one caller asks for in one tick become one statement. Never those of two
 * callers, since what a statement may see is decided for all of it.
 */
export class PointReads {
  readonly #repository: Repository;
  readonly #database: Database;
  readonly #batches = new Map<Caller, Batch>();

  constructor(repository: Repository, database: Database) {
    this.#repository = repository;
    this.#database = database;
  }

  /** The row with the id, spelled as Postgres spells it; `undefined` when there is none. */
  read(caller: Caller, id: string): Promise<RawRow | undefined> {
    const batch = this.#batchOf(caller);
    const asked = batch.get(id) ?? Promise.withResolvers<RawRow | undefined>();
    batch.set(id, asked);
    return asked.promise;
  }

  #batchOf(caller: Caller): Batch {
    const open = this.#batches.get(caller);
    if (open !== undefined && open.size < MAX_BATCH) return open;
    const batch: Batch = new Map();
    this.#batches.set(caller, batch);
    atEndOfTick(() => {
      if (this.#batches.get(caller) === batch) this.#batches.delete(caller);
      void this.#run(batch);
    });
    return batch;
  }

  async #run(batch: Batch): Promise<void> {
    try {
      const rows = await this.#repository.read(this.#database, [...batch.keys()]);
      for (const [id, { resolve }] of batch) resolve(rows.get(id));
    } catch (error) {
      for (const { reject } of batch.values()) reject(error);
    }
  }
}
