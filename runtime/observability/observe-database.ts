import type { Database, Executor, Session, Statement } from '../database/database.ts';
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
  return {
    kind: database.kind,
    ...observedExecutor(database, observe),
    read: (statement) => observe(statement, () => database.read(statement)),
    transaction: (work) => database.transaction((transaction) => work(observedExecutor(transaction, observe))),
    session: (work) => database.session((session) => work(observedSession(session, observe))),
    close: () => database.close(),
    ...(connections !== undefined && { connections: () => connections.call(database) }),
  };
}

/** `send` is what takes the time; `statement` is what it is told by. */
type Observe = <Answer>(statement: Statement, send: () => Promise<Answer>) => Promise<Answer>;

function observer({ log, slowQuery, tracing }: StatementObservers): Observe | undefined {
  const limit = log.isLevelEnabled('debug') ? 0 : slowQuery === 0 ? Infinity : slowQuery;
  const observeTime: Observe | undefined =
    limit === Infinity ? undefined : (statement, send) => timed(statement, send, { log, slowQuery, limit });
  if (tracing === undefined) return observeTime;
  const within: Observe = observeTime ?? ((_, send) => send());
  return (statement, send) => tracing.statement(summarizeStatement(statement.text), () => within(statement, send));
}

interface Limits {
  readonly log: Log;
  readonly slowQuery: number;
  /** Nothing is written of statements below it. */
  readonly limit: number;
}

async function timed<Answer>(
  statement: Statement,
  send: () => Promise<Answer>,
  { log, slowQuery, limit }: Limits,
): Promise<Answer> {
  const startedAt = performance.now();
  try {
    return await send();
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
  return {
    query: (statement) => observe(statement, () => executor.query(statement)),
    batch: async (statements) => {
      const [first] = statements;
      // Told by the first: the others go with it, in one round trip.
      return first === undefined ? [] : observe(first, () => executor.batch(statements));
    },
  };
}

function observedSession(session: Session, observe: Observe): Session {
  return { ...observedExecutor(session, observe), script: (sql) => session.script(sql) };
}
