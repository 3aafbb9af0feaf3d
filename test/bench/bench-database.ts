import { Client } from 'pg';
import { availablePostgresVersions, startPostgres } from '../postgres.ts';

/** As on a disk that must keep what was committed: the settings of the tests leave that out. */
const SETTINGS = ['fsync=on', 'full_page_writes=on', 'max_connections=100', 'shared_buffers=256MB', 'max_wal_size=4GB'];

export const ROWS = 100_000;
const OWNERS = 1_000;

export type BenchServer = Awaited<ReturnType<typeof startPostgres>>;

/** The Postgres that is measured on: 15 where the machine has it, else the embedded 18. */
export async function startBenchServer(): Promise<BenchServer> {
  const version = availablePostgresVersions().includes('15') ? '15' : '18';
  return startPostgres(version, SETTINGS);
}

/** Fills the migrated tables; ids and times are the same in every run. */
export async function seed(url: string): Promise<void> {
  await run(url, [
    `create or replace function bench_id(name text) returns uuid language sql immutable as
       $$ select overlay(overlay(md5(name) placing '7' from 13) placing '8' from 17)::uuid $$`,
    `insert into owners (id, name, email)
       select bench_id('owner' || i), 'Owner ' || i, 'owner' || i || '@example.com' from generate_series(1, ${OWNERS}) i`,
    `insert into leads (id, name, phone, email, status, notes, owner_id, created_at, updated_at)
       select bench_id('lead' || i), 'Lead ' || i, '+1555' || lpad(i::text, 7, '0'), 'lead' || i || '@example.com',
         (array['new', 'contacted', 'qualified', 'won', 'lost']::text[])[1 + i % 5]::lead_status,
         case when i % 3 = 0 then null else 'Met at the trade fair, asked for a quote "urgent" number ' || i end,
         bench_id('owner' || (1 + i % ${OWNERS})),
         timestamptz '2025-01-01' + i * interval '37 seconds', timestamptz '2025-01-01' + i * interval '37 seconds'
       from generate_series(1, ${ROWS}) i`,
    'vacuum analyze',
  ]);
}

/** Puts the table back to what `seed` left, so that writes of one run do not weigh on the next. */
export async function forgetCreated(url: string): Promise<void> {
  await run(url, [
    `delete from leads where created_at > timestamptz '2025-01-01' + ${ROWS + 1} * interval '37 seconds'`,
    'vacuum analyze leads',
    'checkpoint',
  ]);
}

/** Process id of the server itself, the parent of all its processes. */
export async function postmasterOf(url: string): Promise<number> {
  const [row = []] = await readRows(url, `select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)`);
  return Number(row[0]);
}

/** An empty database on the server of another one. */
export async function createDatabase(beside: string, name: string): Promise<string> {
  await run(databaseOf(beside, 'template1'), [`create database ${name}`]);
  return databaseOf(beside, name);
}

/** A copy of a database that nobody is connected to. */
export async function copyDatabase(from: string, name: string): Promise<string> {
  const source = new URL(from).pathname.slice(1);
  await run(databaseOf(from, 'template1'), [`create database ${name} template ${source}`]);
  const copy = databaseOf(from, name);
  await run(copy, ['vacuum analyze']);
  return copy;
}

function databaseOf(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

/** Rows as text. */
export async function readRows(url: string, sql: string): Promise<readonly (readonly string[])[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
    return rows.map((row) => row.map(String));
  } finally {
    await client.end();
  }
}

async function run(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
