import type { Database, Executor, Result, Session, Statement } from '../database/database.ts';
import type { Log } from './log.ts';
import { summarizeStatement } from './statement-summary.ts';
import type { Tracing } from './tracing.ts';

export interface StatementObservers {
  readonly log: Log;
  /** Statements that take longer are logged, in milliseconds; 0 logs none. */
  readonly slowQuery: number;
  readonly tracing: Tracing | undefined;
}

/**
 * The same database, its statements observed: slow ones are logged as warnings, all of them at level
 * `debug`, with name, summary and duration (the wait for a connection included) and never a value;
 * with tracing each is a span.
 */
export function observeDatabase(database: Database, observers: StatementObservers): Database {
  const observe = observer(observers);
  if (observe === undefined) return database;
  const { connections } = database;
  const reader: Executor = { query: (statement) => database.read(statement) };
  return {
    kind: database.kind,
    query: (statement) => observe(statement, database),
    read: (statement) => observe(statement, reader),
    transaction: (work) => database.transaction((transaction) => work(observedExecutor(transaction, observe))),
    session: (work) => database.session((session) => work(observedSession(session, observe))),
    close: () => database.close(),
    ...(connections !== undefined && { connections: () => connections.call(database) }),
  };
}

type Observe = (statement: Statement, on: Executor) => Promise<Result>;

function observer({ log, slowQuery, tracing }: StatementObservers): Observe | undefined {
  const limit = log.isLevelEnabled('debug') ? 0 : slowQuery === 0 ? Infinity : slowQuery;
  const timed: Observe | undefined =
    limit === Infinity ? undefined : (statement, on) => timedQuery(statement, on, { log, slowQuery, limit });
  if (tracing === undefined) return timed;
  const send: Observe = timed ?? ((statement, on) => on.query(statement));
  return (statement, on) => tracing.statement(summarizeStatement(statement.text), () => send(statement, on));
}

interface Limits {
  readonly log: Log;
  readonly slowQuery: number;
  /** Nothing is written of statements below it. */
  readonly limit: number;
}

async function timedQuery(statement: Statement, on: Executor, { log, slowQuery, limit }: Limits): Promise<Result> {
  const startedAt = performance.now();
  try {
    return await on.query(statement);
  } finally {
    const milliseconds = performance.now() - startedAt;
    if (milliseconds >= limit) {
      const isSlow = slowQuery > 0 && milliseconds >= slowQuery;
      const record = describe(statement, milliseconds);
      if (isSlow) log.warn(record, 'slow statement');
      else log.debug(record, 'statement');
    }
  }
}

function describe({ name, text }: Statement, milliseconds: number): object {
  return {
    ...(name !== undefined && { statement: name }),
    summary: summarizeStatement(text),
    milliseconds: Math.round(milliseconds * 100) / 100,
  };
}

function observedExecutor(executor: Executor, observe: Observe): Executor {
  return { query: (statement) => observe(statement, executor) };
}

function observedSession(session: Session, observe: Observe): Session {
  return { ...observedExecutor(session, observe), script: (sql) => session.script(sql) };
}
