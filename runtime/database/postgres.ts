import { Pool, type ClientBase, type PoolClient } from 'pg';
import type { ConnectionCount, Database, Executor, Result, Session, Statement } from './database.ts';
import { DatabaseUnavailable } from './errors.ts';
import { guardedExecutor } from './guarded-executor.ts';
import { whileHeld, type Guard } from './hold.ts';
import { Lanes } from './lanes.ts';
import { onlyResult } from './only-result.ts';
import { connectionConfig } from './postgres-config.ts';
import { isStalePlan, normalizeConnectError, normalizeQueryError, spoilsConnection } from './postgres-errors.ts';
import { sendStatements } from './send-statement.ts';
import { TextClient } from './text-client.ts';
import type { Answer } from './text-query.ts';
import { runTransaction } from './transaction.ts';

export interface PostgresOptions {
  readonly url: string;
  /** Connections of the pool; 8 unless told. */
  readonly poolSize?: number;
  /** Pipelined connections for short reads, beside the pool; none unless told. */
  readonly lanes?: number;
  /** Named prepared statements; `false` behind poolers that cannot keep them. */
  readonly prepare?: boolean;
  /** Longest wait for a connection, in milliseconds; 1000 unless told. */
  readonly connectTimeout?: number;
  /** Longest run of one statement, in milliseconds; 30000 unless told. Sessions have no such limit. */
  readonly statementTimeout?: number;
  readonly applicationName?: string;
}

/** Opens a pool; its connections are made when statements need them, and again after an outage. */
export function openPostgres(options: PostgresOptions): Database {
  return new PostgresDatabase(options);
}

class PostgresDatabase implements Database {
  readonly kind = 'postgres';
  readonly #options: PostgresOptions;
  readonly #pool: Pool;
  readonly #lanes: Lanes;
  /** Clients whose connection must not be used again. */
  readonly #spoilt = new WeakSet<ClientBase>();
  readonly #sessions = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor(options: PostgresOptions) {
    this.#options = options;
    this.#pool = createPool(options);
    this.#lanes = createLanes(options);
  }

  async query(statement: Statement): Promise<Result> {
    return onlyResult(await this.#sendAlone([statement]));
  }

  async batch(statements: readonly Statement[]): Promise<readonly Result[]> {
    return (await this.#sendAlone(statements)).map(({ result }) => result);
  }

  async read(statement: Statement): Promise<Result> {
    const answer = this.#lanes.send(statement);
    if (answer === undefined) return this.query(statement);
    return answer.catch((error: unknown) => {
      if (statement.name === undefined || !isStalePlan(error)) throw error;
      return this.query(withoutName(statement));
    });
  }

  async transaction<T>(work: (transaction: Executor) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    try {
      return await runTransaction((statements) => this.#send(client, statements), work);
    } finally {
      client.release(this.#spoilt.has(client));
    }
  }

  async session<T>(work: (session: Session) => Promise<T>): Promise<T> {
    if (this.#closing !== undefined) throw new DatabaseUnavailable('closed');
    const running = this.#runSession(work);
    const settled = running.catch(() => undefined);
    this.#sessions.add(settled);
    try {
      return await running;
    } finally {
      this.#sessions.delete(settled);
    }
  }

  connections(): readonly ConnectionCount[] {
    const { totalCount, idleCount, waitingCount } = this.#pool;
    return [
      { kind: 'pool', state: 'active', count: totalCount - idleCount },
      { kind: 'pool', state: 'idle', count: idleCount },
      { kind: 'pool', state: 'waiting', count: waitingCount },
      ...this.#lanes.connections(),
    ];
  }

  close(): Promise<void> {
    this.#closing ??= Promise.all([this.#pool.end(), this.#lanes.close(), ...this.#sessions]).then(() => undefined);
    return this.#closing;
  }

  async #sendAlone(statements: readonly Statement[]): Promise<readonly Answer[]> {
    const client = await this.#connect();
    try {
      return await this.#send(client, statements);
    } catch (error) {
      // The schema changed under a prepared statement, so nothing of all this was done.
      if (statements.every(({ name }) => name === undefined) || !isStalePlan(error)) throw error;
      return await this.#send(client, statements.map(withoutName));
    } finally {
      client.release(this.#spoilt.has(client));
    }
  }

  async #connect(): Promise<PoolClient> {
    return this.#pool.connect().catch((error: unknown) => {
      throw normalizeConnectError(error);
    });
  }

  /** A connection of its own, so that nothing set on it reaches another statement. */
  async #runSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const client = new TextClient(sessionConfig(this.#options));
    client.on('error', ignore);
    try {
      await client.connect().catch((error: unknown) => {
        throw normalizeConnectError(error);
      });
      return await whileHeld((guard) => work(this.#sessionOn(client, guard)));
    } finally {
      await client.end().catch(ignore);
    }
  }

  #sessionOn(client: ClientBase, guard: Guard): Session {
    return {
      ...guardedExecutor(guard, (statements) => this.#send(client, statements)),
      script: (sql) =>
        guard(async () => {
          await client.query(sql).catch((error: unknown) => {
            throw normalizeQueryError(error);
          });
        }),
    };
  }

  /** The one place where statements are put on a connection of the pool or of a session. */
  async #send(client: ClientBase, statements: readonly Statement[]): Promise<readonly Answer[]> {
    try {
      return await sendStatements(client, statements, this.#options.prepare !== false);
    } catch (error) {
      if (spoilsConnection(error)) this.#spoilt.add(client);
      throw error;
    }
  }
}

const DEFAULT_STATEMENT_TIMEOUT = 30_000;
const DEFAULT_CONNECT_TIMEOUT = 1_000;

/** How pool and lanes connect. */
function requestConfig(options: PostgresOptions): ReturnType<typeof connectionConfig> {
  const statementTimeout = String(options.statementTimeout ?? DEFAULT_STATEMENT_TIMEOUT);
  return connectionConfig({
    url: options.url,
    connectTimeout: options.connectTimeout ?? DEFAULT_CONNECT_TIMEOUT,
    applicationName: options.applicationName,
    settings: [
      ['statement_timeout', statementTimeout],
      ['idle_in_transaction_session_timeout', statementTimeout],
    ],
  });
}

/** Beyond the server's own limit, so only a connection that went silent gets this far. */
function silenceLimit({ statementTimeout = DEFAULT_STATEMENT_TIMEOUT }: PostgresOptions): number {
  return statementTimeout + 5_000;
}

function createLanes(options: PostgresOptions): Lanes {
  return new Lanes({
    count: options.lanes ?? 0,
    config: requestConfig(options),
    prepare: options.prepare !== false,
    silenceLimit: silenceLimit(options),
  });
}

function createPool(options: PostgresOptions): Pool {
  const pool = new Pool({
    Client: TextClient,
    ...requestConfig(options),
    max: options.poolSize ?? 8,
    idleTimeoutMillis: 30_000,
    query_timeout: silenceLimit(options),
  });
  // Without both listeners a restart of Postgres ends this process: an idle client reports to the
  // pool, one in use to itself. What its statement gets is handled where that was sent.
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
}

/** Migrations may wait longer for a connection than a request may. */
function sessionConfig(options: PostgresOptions): ReturnType<typeof connectionConfig> {
  const { url, applicationName, connectTimeout = DEFAULT_CONNECT_TIMEOUT } = options;
  return connectionConfig({ url, applicationName, settings: [], connectTimeout: Math.max(connectTimeout, 10_000) });
}

function withoutName(statement: Statement): Statement {
  const { name: _, ...unnamed } = statement;
  return unnamed;
}

function ignore(): void {}
