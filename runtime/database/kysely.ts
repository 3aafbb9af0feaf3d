import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from 'kysely';
import { assume } from '../assume.ts';
import type { Executor } from './database.ts';
import { decodeValue, encodeValue } from './kysely-values.ts';

/**
 * Kysely over an executor, for user code: rows are objects whose values have the types that the
 * compiled Kysely types promise. Transactions are the executor's own affair, so `db.transaction()`
 * is refused; a hook is in one already.
 */
export function kyselyOn<Schema>(executor: Executor): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new ExecutorDriver(executor),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}

class ExecutorDriver implements Driver {
  readonly #connection: ExecutorConnection;

  constructor(executor: Executor) {
    this.#connection = new ExecutorConnection(executor);
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    throw new Error(
      'this Kysely instance has no transactions of its own: what a hook writes is in the transaction of its change',
    );
  }

  async init(): Promise<void> {}
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}

class ExecutorConnection implements DatabaseConnection {
  readonly #executor: Executor;

  constructor(executor: Executor) {
    this.#executor = executor;
  }

  async executeQuery<Row>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<Row>> {
    const {
      rows,
      rowCount,
      columns = [],
    } = await this.#executor.query({
      text: sql,
      values: parameters.map(encodeValue),
      describe: true,
    });
    const objects = rows.map((row) =>
      Object.fromEntries(columns.map(({ name, type }, index) => [name, decodeValue(row[index] ?? null, type)])),
    );
    const isChange = CHANGES.has(query.kind);
    // The caller's query says what its rows are, as with every Kysely driver.
    const result = { rows: assume<Row[]>(objects) };
    return isChange ? { ...result, numAffectedRows: BigInt(rowCount) } : result;
  }

  streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('streaming is not supported: read page by page');
  }
}

const CHANGES: ReadonlySet<string> = new Set([
  'InsertQueryNode',
  'UpdateQueryNode',
  'DeleteQueryNode',
  'MergeQueryNode',
]);
