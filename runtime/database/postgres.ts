import { Client, Pool, type ClientBase, type PoolClient } from 'pg';
import type { ConnectionCount, Database, Executor, Result, Session, Statement, Text } from './database.ts';
import { DatabaseError, DatabaseUnavailable } from './errors.ts';
import { whileHeld, type Guard } from './hold.ts';
import { connectionConfig } from './postgres-config.ts';
import { normalizeConnectError, normalizeQueryError } from './postgres-errors.ts';
import { runTransaction } from './transaction.ts';

export interface PostgresOptions {
  readonly url: string;
  /** Connections of the pool; 8 unless told. */
  readonly poolSize?: number;
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
  /** Clients whose connection must not be used again. */
  readonly #spoilt = new WeakSet<ClientBase>();
  readonly #sessions = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor(options: PostgresOptions) {
    this.#options = options;
    this.#pool = createPool(options);
  }

  async query(statement: Statement): Promise<Result> {
    const client = await this.#connect();
    try {
      return (await this.#send(client, statement)).result;
    } catch (error) {
      // The schema changed under a prepared statement, which therefore did not run.
      if (statement.name === undefined || !isStalePlan(error)) throw error;
      const { name: _, ...unnamed } = statement;
      return (await this.#send(client, unnamed)).result;
    } finally {
      client.release(this.#spoilt.has(client));
    }
  }

  async transaction<T>(work: (transaction: Executor) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    try {
      return await runTransaction((statement) => this.#send(client, statement), work);
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
    ];
  }

  close(): Promise<void> {
    this.#closing ??= Promise.all([this.#pool.end(), ...this.#sessions]).then(() => undefined);
    return this.#closing;
  }

  async #connect(): Promise<PoolClient> {
    return this.#pool.connect().catch((error: unknown) => {
      throw normalizeConnectError(error);
    });
  }

  /** A connection of its own, so that nothing set on it reaches another statement. */
  async #runSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const client = new Client(sessionConfig(this.#options));
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
      query: (statement) => guard(async () => (await this.#send(client, statement)).result),
      script: (sql) =>
        guard(async () => {
          await client.query(sql).catch((error: unknown) => {
            throw normalizeQueryError(error);
          });
        }),
    };
  }

  /** The one place where a statement is put on a connection. */
  async #send(
    client: ClientBase,
    statement: Statement,
  ): Promise<{ readonly result: Result; readonly command: string }> {
    const isNamed = statement.name !== undefined && this.#options.prepare !== false;
    const query = {
      text: statement.text,
      values: [...statement.values],
      rowMode: 'array',
      queryMode: 'extended',
      ...(isNamed ? { name: statement.name } : {}),
    } as const;
    try {
      const answer = await client.query<Text[]>(query);
      const result = { rows: answer.rows, rowCount: answer.rowCount ?? 0 };
      if (statement.describe !== true) return { result, command: answer.command };
      const columns = answer.fields.map((field) => ({ name: field.name, type: field.dataTypeID }));
      return { result: { ...result, columns }, command: answer.command };
    } catch (thrown) {
      const error = normalizeQueryError(thrown);
      if (spoilsConnection(error)) this.#spoilt.add(client);
      throw error;
    }
  }
}

const DEFAULT_STATEMENT_TIMEOUT = 30_000;
const DEFAULT_CONNECT_TIMEOUT = 1_000;

function createPool(options: PostgresOptions): Pool {
  const statementTimeout = options.statementTimeout ?? DEFAULT_STATEMENT_TIMEOUT;
  const pool = new Pool({
    ...connectionConfig({
      url: options.url,
      connectTimeout: options.connectTimeout ?? DEFAULT_CONNECT_TIMEOUT,
      applicationName: options.applicationName,
      settings: [
        ['statement_timeout', String(statementTimeout)],
        ['idle_in_transaction_session_timeout', String(statementTimeout)],
      ],
    }),
    max: options.poolSize ?? 8,
    idleTimeoutMillis: 30_000,
    // Beyond the server's own limit, so only a connection that went silent gets this far.
    query_timeout: statementTimeout + 5_000,
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

function isStalePlan(error: unknown): boolean {
  return error instanceof DatabaseError && error.kind === 'stalePlan';
}

/** A cancelled statement leaves its connection sound; a stale plan stays with the connection that prepared it. */
function spoilsConnection(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return error.code !== '57014' && error.code !== '55P03';
  return isStalePlan(error);
}

function ignore(): void {}
