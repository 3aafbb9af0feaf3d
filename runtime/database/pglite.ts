import type { PGlite } from '@electric-sql/pglite';
import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { keepBaselineCode } from './baseline-code.ts';
import type { Database, Executor, Result, Session, Statement } from './database.ts';
import { Breath } from './breath.ts';
import { lockDirectory, type DirectoryLock } from './directory-lock.ts';
import { DatabaseUnavailable } from './errors.ts';
import { guardedExecutor } from './guarded-executor.ts';
import { whileHeld, type Guard } from './hold.ts';
import { onlyResult } from './only-result.ts';
import { pgliteExtensions } from './pglite-extensions.ts';
import { PgliteProtocol } from './pglite-protocol.ts';
import { MemoryCluster } from './memory-cluster.ts';
import { createClusterDirectory, preparedCluster } from './prepared-cluster.ts';
import { startPglite } from './start-pglite.ts';
import { SESSION_SETTINGS } from './session-settings.ts';
import { runTransaction } from './transaction.ts';
import { Turns } from './turns.ts';

/**
 * Opens the embedded database: in `directory` (its cluster is `directory/postgres`, its lock
 * `directory/lock`), or in memory without one. PGlite is one session, does not sync to disk (a
 * killed process loses nothing, a power cut may) and ignores timeouts. `names` are the extensions
 * that may be created in it beside those that the language uses. One in memory is there for tests and proofs: its code is
 * not made better while it runs.
 *
 * @throws DataDirectoryLocked when another process has the directory open
 */
export async function openPglite(directory?: string, names: readonly string[] = []): Promise<Database> {
  const extensions = await pgliteExtensions([...OF_THE_LANGUAGE, ...names]);
  if (directory === undefined) {
    keepBaselineCode();
    const files = new MemoryCluster(await preparedCluster());
    return PgliteDatabase.open(await startPglite({ fs: files, extensions }, CACHE_IN_MEMORY));
  }
  const lock = await lockDirectory(directory);
  try {
    const cluster = join(directory, 'postgres');
    if (!existsSync(cluster)) await createClusterDirectory(cluster);
    return await PgliteDatabase.open(await startPglite({ dataDir: cluster, extensions }, CACHE_ON_DISK), lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** In megabytes. Pages of files in memory are copied from memory to memory. */
const CACHE_IN_MEMORY = 16;
const CACHE_ON_DISK = 64;

/** Few and small: loading them takes no time that can be measured. */
const OF_THE_LANGUAGE = ['btree_gist', 'pg_trgm'];

class PgliteDatabase implements Database {
  readonly kind = 'pglite';
  readonly #pglite: PGlite;
  readonly #protocol: PgliteProtocol;
  readonly #lock: DirectoryLock | undefined;
  readonly #turns = new Turns();
  /** A statement is done before it yields, so that many that wait for each other would let no answer out. */
  readonly #breath = new Breath();
  /** The turn that the present code runs in, to tell a deadlock from a wait. */
  readonly #turn = new AsyncLocalStorage<{ isOpen: boolean }>();
  #closing: Promise<void> | undefined;

  static async open(pglite: PGlite, lock?: DirectoryLock): Promise<PgliteDatabase> {
    const database = new PgliteDatabase(pglite, lock);
    await database.#applySettings();
    return database;
  }

  private constructor(pglite: PGlite, lock: DirectoryLock | undefined) {
    this.#pglite = pglite;
    this.#protocol = new PgliteProtocol(pglite);
    this.#lock = lock;
  }

  async query(statement: Statement): Promise<Result> {
    return this.#takeTurn(async () => onlyResult(await this.#protocol.execute([statement])));
  }

  async batch(statements: readonly Statement[]): Promise<readonly Result[]> {
    return this.#takeTurn(async () => (await this.#protocol.execute(statements)).map(({ result }) => result));
  }

  async read(statement: Statement): Promise<Result> {
    return this.query(statement);
  }

  async transaction<T>(work: (transaction: Executor) => Promise<T>): Promise<T> {
    return this.#takeTurn(() =>
      this.#hold(() => runTransaction((statements) => this.#protocol.execute(statements), work)),
    );
  }

  async session<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.#takeTurn(async () => {
      try {
        return await this.#hold(() => whileHeld((guard) => work(this.#sessionFor(guard))));
      } finally {
        await this.#resetSession();
      }
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#turns.take(async () => {
      try {
        await this.#pglite.close();
      } finally {
        this.#lock?.release();
      }
    });
    return this.#closing;
  }

  #takeTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closing !== undefined) throw new DatabaseUnavailable('closed');
    if (this.#turn.getStore()?.isOpen === true) {
      throw new Error(
        'the database was asked from inside a transaction or session of its own: use the executor it gave',
      );
    }
    return this.#turns.take(async () => {
      await this.#breath.due();
      return work();
    });
  }

  /** Marks the code inside `work` as the holder of the only session. */
  async #hold<T>(work: () => Promise<T>): Promise<T> {
    const turn = { isOpen: true };
    try {
      return await this.#turn.run(turn, work);
    } finally {
      turn.isOpen = false;
    }
  }

  #sessionFor(guard: Guard): Session {
    return {
      ...guardedExecutor(guard, (statements) => this.#protocol.execute(statements)),
      script: (sql) => guard(() => this.#protocol.script(sql)),
    };
  }

  async #resetSession(): Promise<void> {
    if (this.#pglite.closed) return;
    if (this.#pglite.isInTransaction()) await this.#protocol.script('rollback');
    await this.#protocol.script('discard all');
    this.#protocol.forgetStatements();
    await this.#applySettings();
  }

  async #applySettings(): Promise<void> {
    await this.#protocol.script(SESSION_SETTINGS.map(([name, value]) => `set ${name} = '${value}'`).join('; '));
  }
}
