import type { Executor, Session, Text } from '../database/database.ts';
import { DatabaseError } from '../database/errors.ts';
import { MigrationRefused } from './errors.ts';
import { quoted } from './quoted.ts';
import type { Migration } from './migration.ts';

/** One migration that a database has begun. */
export interface LedgerEntry {
  readonly id: string;
  readonly sha256: string;
  /** Steps that are done. */
  readonly step: number;
  readonly steps: number;
  readonly finished: boolean;
  /** Rows that the batches of the step after those have changed so far. */
  readonly rows: number;
}

/** The ledger's table, as SQL names it: in the app's own schema, so that it is dumped, dropped and restored with it. */
export function ledgerTable(schema: string): string {
  return `${quoted(schema)}.supercompile_migrations`;
}

/** What a database has begun, in the order it did; nothing where there is no ledger. */
export async function readLedger(executor: Executor, schema: string): Promise<readonly LedgerEntry[]> {
  if (!(await hasLedger(executor, schema))) return [];
  // By way of JSON, since a ledger of an older runner lacks the newer columns.
  const text = `select id, sha256, step, steps, finished_at is not null, pg_catalog.to_jsonb(entry) ->> 'rows' from ${ledgerTable(schema)} entry order by started_at, id`;
  try {
    const { rows } = await executor.query({ text, values: [] });
    return rows.map(toEntry);
  } catch (error) {
    if (error instanceof DatabaseError && error.sqlState === '42703') throw damaged(error);
    throw error;
  }
}

/** Makes the ledger, and the schema that it lives in, where they are missing; gives an older one what it lacks. */
export async function createLedger(session: Session, schema: string): Promise<void> {
  const makeSchema = schema === 'public' ? '' : `create schema if not exists ${quoted(schema)};`;
  const sql = (await hasLedger(session, schema)) ? ledgerColumns(schema) : `${makeSchema}\n${ledgerSql(schema)}`;
  await session.script(`begin;\n${sql}\ncommit;`);
}

/** Notes that a step is done; with the last one the migration is. */
export async function recordStep(executor: Executor, migration: Migration, step: number, steps: number): Promise<void> {
  const { id, parent, sha256, schema } = migration;
  await executor.query({
    text: `insert into ${ledgerTable(schema)} as entry (id, parent, sha256, step, steps, finished_at)
values ($1, $2, $3, $4::integer, $5::integer, case when $4::integer = $5::integer then clock_timestamp() end)
on conflict (id) do update set step = excluded.step, rows = 0, finished_at = excluded.finished_at`,
    values: [id, parent ?? null, sha256, String(step), String(steps)],
  });
}

/** Notes that a migration is begun, before its first step, where that may leave something and yet not be done. */
export async function recordBegin(
  executor: Executor,
  { id, parent, sha256, schema }: Migration,
  steps: number,
): Promise<void> {
  await executor.query({
    text: `insert into ${ledgerTable(schema)} (id, parent, sha256, step, steps) values ($1, $2, $3, 0, $4::integer)
on conflict (id) do nothing`,
    values: [id, parent ?? null, sha256, String(steps)],
  });
}

/** Notes that a batch of the step after `done` changed some rows; answers how many all batches of it have changed. */
export async function recordBatch(
  executor: Executor,
  { id, parent, sha256, schema }: Migration,
  { done, steps, rows }: { readonly done: number; readonly steps: number; readonly rows: number },
): Promise<number> {
  const result = await executor.query({
    text: `insert into ${ledgerTable(schema)} as entry (id, parent, sha256, step, steps, rows)
values ($1, $2, $3, $4::integer, $5::integer, $6::bigint)
on conflict (id) do update set rows = entry.rows + excluded.rows returning rows`,
    values: [id, parent ?? null, sha256, String(done), String(steps), String(rows)],
  });
  return Number(result.rows[0]?.[0] ?? 0);
}

/** Takes a migration out of the ledger. */
export async function forgetMigration(executor: Executor, schema: string, id: string): Promise<void> {
  await executor.query({ text: `delete from ${ledgerTable(schema)} where id = $1`, values: [id] });
}

/** Supabase grants new tables of `public` to its API's roles: not this one. */
export function ledgerSql(schema: string): string {
  const table = ledgerTable(schema);
  return `create table if not exists ${table} (
  id text primary key,
  parent text,
  sha256 text not null,
  step integer not null,
  steps integer not null,
  started_at timestamp with time zone not null default clock_timestamp(),
  finished_at timestamp with time zone
);
${ledgerColumns(schema)}
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

/** What the first ledgers had not: rows of a batched step, and the catalogue that the last migration left. */
function ledgerColumns(schema: string): string {
  return `alter table ${ledgerTable(schema)}
  add column if not exists rows bigint not null default 0,
  add column if not exists catalogue jsonb;`;
}

function damaged({ message }: DatabaseError): MigrationRefused {
  return new MigrationRefused(
    'damaged-ledger',
    'supercompile_migrations',
    `the table is no ledger (${message}); restore it from a backup, or drop it and run supercompile migrate baseline where the tables are what the migrations make`,
  );
}

async function hasLedger(executor: Executor, schema: string): Promise<boolean> {
  const { rows } = await executor.query({
    text: 'select pg_catalog.to_regclass($1) is not null',
    values: [ledgerTable(schema)],
  });
  return rows[0]?.[0] === 't';
}

function toEntry([id, sha256, step, steps, finished, rows]: readonly Text[]): LedgerEntry {
  return {
    id: id ?? '',
    sha256: sha256 ?? '',
    step: Number(step),
    steps: Number(steps),
    finished: finished === 't',
    rows: Number(rows ?? 0),
  };
}
