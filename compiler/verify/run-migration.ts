import type { Session } from '../../runtime/database/database.ts';
import { pathSql } from '../../runtime/migrations/search-path.ts';

/** Locks under which others can neither write nor, some of them, read. */
const BLOCKING = `
select distinct l.relation::regclass::text from pg_locks l join pg_class c on c.oid = l.relation
where l.pid = pg_backend_pid() and c.relkind = 'r' and c.relnamespace = to_regnamespace($1)
  and l.mode in ('AccessExclusiveLock', 'ExclusiveLock', 'ShareRowExclusiveLock', 'ShareLock')`;

/** Most batches of a backfill over a handful of rows: one that needs more makes no headway. */
const MAX_BATCHES = 20;

/**
 * Runs the steps of a migration's file as the runner does.
 *
 * @returns what was seen on the way that should not be: locks held while rows are read or filled, backfills without end
 */
export async function runMigration(session: Session, schema: string, sql: string): Promise<readonly string[]> {
  const findings: string[] = [];
  const [, ...parts] = sql.split(/^-- step \d+/m);
  for (const part of parts) {
    const [words = '', ...lines] = part.split('\n');
    const statements = lines.join('\n').trim();
    const path = pathSql(/\bextension=(\S+)/.exec(words)?.[1]);
    if (/\bnotx\b/.test(words)) {
      await session.script(path);
      await session.script(statements);
      continue;
    }
    const isBatched = /\bbatched=/.test(words);
    const isLong = isBatched || /\bvalidate constraint\b/.test(statements);
    if (isBatched) findings.push(...(await fill(session, statements)));
    await session.script(`begin;\n${path};\n${statements}`);
    if (isLong) {
      const { rows } = await session.query({ text: BLOCKING, values: [schema] });
      findings.push(...rows.map(([table]) => `a step over the rows of ${table} blocks their writers`));
    }
    await session.script('commit');
  }
  return findings;
}

async function fill(session: Session, statement: string): Promise<readonly string[]> {
  if (statement === '') return ['a backfill has no statement'];
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    const { rowCount } = await session.query({ text: statement, values: [] });
    if (rowCount === 0) return [];
  }
  return ['a backfill finds rows to change however often it runs'];
}
