import type { Executor, Session, Text } from '../database/database.ts';
import type { Migration } from './migration.ts';

/** One migration that a database has begun. */
export interface LedgerEntry {
  readonly id: string;
  readonly sha256: string;
  /** Steps that are done. */
  readonly step: number;
  readonly steps: number;
  readonly finished: boolean;
}

/** The ledger's table, as SQL names it: in the app's own schema, so that it is dumped, dropped and restored with it. */
export function ledgerTable(schema: string): string {
  return `${quoted(schema)}.supercompile_migrations`;
}

/** What a database has begun, in the order it did; nothing where there is no ledger. */
export async function readLedger(executor: Executor, schema: string): Promise<readonly LedgerEntry[]> {
  if (!(await hasLedger(executor, schema))) return [];
  const text = `select id, sha256, step, steps, finished_at is not null from ${ledgerTable(schema)} order by started_at, id`;
  const { rows } = await executor.query({ text, values: [] });
  return rows.map(toEntry);
}

/** Makes the ledger, and the schema that it lives in, where they are missing. */
export async function createLedger(session: Session, schema: string): Promise<void> {
  if (await hasLedger(session, schema)) return;
  const makeSchema = schema === 'public' ? '' : `create schema if not exists ${quoted(schema)};`;
  await session.script(`begin;\n${makeSchema}\n${ledgerSql(ledgerTable(schema))}\ncommit;`);
}

/** Notes that a step is done; with the last one the migration is. */
export async function recordStep(executor: Executor, migration: Migration, step: number, steps: number): Promise<void> {
  const { id, parent, sha256, schema } = migration;
  await executor.query({
    text: `insert into ${ledgerTable(schema)} as entry (id, parent, sha256, step, steps, finished_at)
values ($1, $2, $3, $4::integer, $5::integer, case when $4::integer = $5::integer then clock_timestamp() end)
on conflict (id) do update set step = excluded.step, finished_at = excluded.finished_at`,
    values: [id, parent ?? null, sha256, String(step), String(steps)],
  });
}

/** Supabase grants new tables of `public` to its API's roles: not this one. */
function ledgerSql(table: string): string {
  return `create table ${table} (
  id text primary key,
  parent text,
  sha256 text not null,
  step integer not null,
  steps integer not null,
  started_at timestamp with time zone not null default clock_timestamp(),
  finished_at timestamp with time zone
);
revoke all on ${table} from public;
do $$
declare
  api_role text;
begin
  for api_role in select rolname from pg_catalog.pg_roles where rolname in ('anon', 'authenticated') loop
    execute pg_catalog.format('revoke all on %s from %I', '${table.replaceAll("'", "''")}', api_role);
  end loop;
end
$$;`;
}

async function hasLedger(executor: Executor, schema: string): Promise<boolean> {
  const { rows } = await executor.query({
    text: 'select pg_catalog.to_regclass($1) is not null',
    values: [ledgerTable(schema)],
  });
  return rows[0]?.[0] === 't';
}

function toEntry([id, sha256, step, steps, finished]: readonly Text[]): LedgerEntry {
  return {
    id: id ?? '',
    sha256: sha256 ?? '',
    step: Number(step),
    steps: Number(steps),
    finished: finished === 't',
  };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
