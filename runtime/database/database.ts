/**
 * The one interface between the runtime and a database: text in, text out. Two small
 * implementations stand behind it, PGlite and `pg`. Values travel as Postgres text, so no
 * driver converts (and rounds, shortens or localises) anything.
 */
import type { RawRow } from './raw-row.ts';

/** A column value in Postgres' text form; `null` is SQL NULL. Arrays are array literals: `{a,"b c"}`. */
export type Text = string | null;

export interface Statement {
  /** Name of the prepared statement; the same name always carries the same text. Absent: unnamed. */
  readonly name?: string;
  /** SQL with `$1`, `$2`... */
  readonly text: string;
  readonly values: readonly Text[];
  /** Asks for `columns` in the result; the hot path, which knows its columns, leaves it out. */
  readonly describe?: boolean;
  /** Asks for `raw` in place of `rows`, for values that are only passed on. */
  readonly raw?: boolean;
}

export interface Column {
  readonly name: string;
  /** Oid of the Postgres type. */
  readonly type: number;
}

export interface Result {
  /** Columns in the order of the statement. */
  readonly rows: readonly (readonly Text[])[];
  /** Rows returned, or affected by a statement that returns none. */
  readonly rowCount: number;
  /** Of a statement sent with `describe` that returns rows. */
  readonly columns?: readonly Column[];
  /** Of a statement sent with `raw`: the rows as bytes; `rows` is then empty. */
  readonly raw?: readonly RawRow[];
}

/** Something statements can be sent to: the database itself, or one transaction of it. */
export interface Executor {
  /** @throws DatabaseError with the SQLSTATE; DatabaseUnavailable when no answer could be had. */
  query(statement: Statement): Promise<Result>;
  /**
   * Sends several statements in one round trip, in their order. All of them or none: outside a transaction they are
   * one. @throws as `query`, with the error of the first that failed
   */
  batch(statements: readonly Statement[]): Promise<readonly Result[]>;
}

/**
 * One connection, held for a while: migrations and advisory locks live here. It has no statement
 * timeout, and whatever is set on it ends with it.
 */
export interface Session extends Executor {
  /** Runs several statements, without parameters, in the simple protocol. */
  script(sql: string): Promise<void>;
}

/** How many connections of a kind are in a state; what is `waiting` has none yet. */
export interface ConnectionCount {
  readonly kind: 'pool' | 'lane';
  readonly state: 'active' | 'idle' | 'waiting';
  readonly count: number;
}

export interface Database extends Executor {
  readonly kind: 'pglite' | 'postgres';
  /**
   * As `query`, for a statement that only reads, is short whatever the data and needs no transaction: it may share
   * a connection with others, which all wait while it runs.
   */
  read(statement: Statement): Promise<Result>;
  /** The present connections; absent where there is but one. */
  connections?(): readonly ConnectionCount[];
  /** Commits when `work` resolves, rolls back when it rejects. Inside, use only the given executor: PGlite has one session. */
  transaction<T>(work: (transaction: Executor) => Promise<T>): Promise<T>;
  /** Holds one connection for `work` alone, outside any transaction. */
  session<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Ends all connections; running statements finish first. */
  close(): Promise<void>;
}
