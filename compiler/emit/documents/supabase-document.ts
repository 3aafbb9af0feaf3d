import type { App } from '../../model/app.ts';
import type { DatabaseSchema } from '../../plan/database/database-schema.ts';
import { databaseName, LEDGER_TABLE, ownerRole, serverRole } from '../../plan/server-login.ts';
import { qualify, quoteIdentifier } from '../../plan/sql/sql-text.ts';
import type { Emitter } from '../emitter.ts';
import { MARKDOWN_HEADER } from '../header.ts';
import { code, document } from '../text/markdown.ts';

/** Prints `app/docs/supabase_setup.md`: a database on Supabase or any Postgres, step by step. */
export const emitSupabaseDocument: Emitter = ({ app, schema }) => {
  const lines = [
    ...MARKDOWN_HEADER,
    '',
    ...overview(app),
    ...onSupabase(app),
    ...onPostgres(app),
    ...push(app),
    ...ownRights(app),
    ...closeRest(app, schema),
  ];
  return [{ path: 'app/docs/supabase_setup.md', text: document(lines), owner: 'compiler' }];
};

function overview(app: App): readonly string[] {
  return [
    '# Database set-up',
    '',
    'Any Postgres from 15 on will do, Supabase among them. Without `DATABASE_URL` the server runs on an embedded database in `.data/` and none of this is needed.',
    '',
    'Two logins keep what may change the schema apart from what serves requests:',
    '',
    '| Login | Environment variable | Used by | Rights |',
    '| --- | --- | --- | --- |',
    `| the owner | \`MIGRATION_DATABASE_URL\` | \`npm run migrate\` | creates and changes the objects of the schema ${code(app.database.schema)} |`,
    `| ${code(serverRole(app))} | \`DATABASE_URL\` | \`npm start\` | rows only, table by table: [server_login.sql](server_login.sql) |`,
    '',
  ];
}

function onSupabase(app: App): readonly string[] {
  return [
    '## On Supabase',
    '',
    '1. Create a project. Its `postgres` login is the owner. Download its certificate (Project Settings, Database, SSL) as `supabase-ca.crt`: the connections below are encrypted and checked with it.',
    '2. Migrations need a connection of their own from begin to end, because the runner holds an advisory lock: take the **direct connection** (or, from a network without IPv6, the **session pooler** on port 5432), never the transaction pooler on port 6543: the runner notices it and refuses.',
    '',
    '   ```sh',
    "   export MIGRATION_DATABASE_URL='postgresql://postgres:OWNER_PASSWORD@db.PROJECT_REF.supabase.co:5432/postgres?sslmode=verify-full&sslrootcert=supabase-ca.crt'",
    '   npm run migrate',
    '   ```',
    '',
    "   Teams that deploy through Supabase's own tool write the same migrations for it with `npx supercompile migrate export --supabase supabase/migrations` and run `supabase db push`. It runs every file in one transaction, so an index on a table that holds rows cannot go that way: the export names the step and writes nothing.",
    '',
    '3. Run [server_login.sql](server_login.sql) in the SQL editor, then give the role a password of its own:',
    '',
    '   ```sql',
    `   alter role ${quoteIdentifier(serverRole(app))} login password 'SERVER_PASSWORD';`,
    '   ```',
    '',
    '4. The server takes the direct connection or the session pooler, or, with `DATABASE_PREPARE=off`, the transaction pooler. Behind a pooler the login carries the project: `ROLE.PROJECT_REF`.',
    '',
    '   ```sh',
    `   export DATABASE_URL='postgresql://${serverRole(app)}:SERVER_PASSWORD@db.PROJECT_REF.supabase.co:5432/postgres?sslmode=verify-full&sslrootcert=supabase-ca.crt'`,
    "   export APP_SECRET='SECRET'",
    '   npm start',
    '   ```',
    '',
    `   ${SECRET}`,
    '',
    '5. Do the last section of this page: Supabase publishes schemas by itself.',
    '',
    'Characters of a password that mean something in a URL (`@ : / ? #`) are written percent-encoded.',
    '',
  ];
}

function onPostgres(app: App): readonly string[] {
  const owner = quoteIdentifier(ownerRole(app));
  const database = quoteIdentifier(databaseName(app));
  const schema = quoteIdentifier(app.database.schema);
  return [
    '## On any other Postgres',
    '',
    'As a superuser:',
    '',
    '```sql',
    `create role ${owner} login createrole password 'OWNER_PASSWORD';`,
    `create database ${database} owner ${owner};`,
    `\\connect ${database}`,
    `create schema if not exists ${schema};`,
    `alter schema ${schema} owner to ${owner};`,
    '```',
    '',
    'Then:',
    '',
    '```sh',
    `export MIGRATION_DATABASE_URL='postgresql://${ownerRole(app)}:OWNER_PASSWORD@HOST:5432/${databaseName(app)}'`,
    'npm run migrate',
    'psql "$MIGRATION_DATABASE_URL" -v ON_ERROR_STOP=1 -f app/docs/server_login.sql',
    `psql "$MIGRATION_DATABASE_URL" -c "alter role ${quoteIdentifier(serverRole(app)).replaceAll('"', '\\"')} login password 'SERVER_PASSWORD'"`,
    `export DATABASE_URL='postgresql://${serverRole(app)}:SERVER_PASSWORD@HOST:5432/${databaseName(app)}'`,
    "export APP_SECRET='SECRET'",
    'npm start',
    '```',
    '',
    SECRET,
    '',
    '`compose.yaml` does all of this on one machine.',
    '',
    ...POOLERS,
  ];
}

const POOLERS: readonly string[] = [
  '## Behind a pooler',
  '',
  'The server pools its connections itself. Behind PgBouncer or another pooler in transaction mode set `DATABASE_PREPARE=off`, and let PgBouncer drop what it does not know:',
  '',
  '```ini',
  'ignore_startup_parameters = extra_float_digits,options',
  '```',
  '',
  'What the server would ask of each session (UTC, ISO dates, time limits) `server_login.sql` has set on its login. There `DATABASE_TIMEOUT` has no effect; `alter role ... set statement_timeout` does. Migrations need a direct connection.',
  '',
];

/** Without it the server does not start on Postgres in production. */
const SECRET =
  '`SECRET` stands for 32 random bytes, made once with `openssl rand -hex 32` and kept: the same for every instance and every start. In production (`APP_ENV`, which is `production` unless it is set) the server refuses to start with `DATABASE_URL` and without `APP_SECRET`.';

function push(app: App): readonly string[] {
  return [
    '## How the schema is pushed',
    '',
    '`npm run migrate` applies what `migrations/` holds and the database lacks, in the order of the parent chain, each step in a transaction where Postgres allows it.',
    `It keeps its ledger in ${code(qualify(app.database.schema, LEDGER_TABLE))}, waits for a runner that is already at work, resumes where it was stopped, and refuses files that were changed after they ran.`,
    'Run it before the new version of the server starts, or let the server do it (`MIGRATE_ON_START=on`). The embedded database is migrated when the server starts.',
    '',
    'What it refuses, before it changes anything: a migrated table that somebody changed by hand (undo that, or list the name under `database.unmanaged` in the spec), a login that row-level security binds when rows have to be filled in, and a transaction pooler.',
    '',
    '| Also | |',
    '| --- | --- |',
    '| `npx supercompile migrate status` | what has run, and how far a step that stopped got |',
    '| `npx supercompile migrate verify` | every file against its hash and what the database ran |',
    '| `npx supercompile migrate drift` | what differs on the tables from what the migrations make |',
    '| `npx supercompile migrate baseline` | takes over a database whose tables are already what they make |',
    '',
    '**After a migration that adds a table, or a build that changes a grant, run `server_login.sql` again**, as the owner and before the new version of the server starts. Until then the server has no rights on the new table: every request of its endpoints is answered with 500, and the log says `permission denied`.',
    '',
  ];
}

function ownRights(app: App): readonly string[] {
  return [
    '## What your own code may do',
    '',
    "Hooks and routes in `custom/` run with the server's login, so they may do what the grants of the spec need and no more. Whatever else they do, grant it in SQL of your own, such as `custom/server_rights.sql`:",
    '',
    '```sql',
    `grant select, insert on ${quoteIdentifier(app.database.schema)}.TABLE to ${quoteIdentifier(serverRole(app))};`,
    '```',
    '',
    'Run that file after `server_login.sql`, each time: it takes away every right that it does not give.',
    '',
  ];
}

function closeRest(app: App, { tables, views }: DatabaseSchema): readonly string[] {
  const { schema } = app.database;
  // Also those that no grant reaches: Supabase asks the rights of the database alone.
  const published = [LEDGER_TABLE, ...[...tables, ...views].map(({ name }) => name)];
  const heading = ['## Supabase publishes tables by itself', ''];
  if (schema !== 'public') {
    return [
      ...heading,
      `Supabase's own REST API (PostgREST) serves the schemas listed under Project Settings, API, "Exposed schemas". ${code(schema)} is not among them unless somebody adds it: leave it out.`,
    ];
  }
  return [
    ...heading,
    "Supabase's own REST API (PostgREST) serves the schema `public` to everyone who holds the project's anonymous key, and that key is public. A table without row-level security can be read and written through it, past every rule of this backend. Do one of these three.",
    '',
    '**Move the tables.** Best before the first migration: write `database: { schema: app }` into the spec and recompile. A schema that is not listed under Project Settings, API, "Exposed schemas" is out of reach.',
    '',
    '**Take the rights away.** As the owner, after every migration that adds a table:',
    '',
    '```sql',
    'alter default privileges in schema public revoke all on tables from anon, authenticated;',
    ...published.map((table) => `revoke all on ${qualify(schema, table)} from anon, authenticated;`),
    '```',
    '',
    '**Turn on row-level security** on every one of these tables, with a policy that lets the server through. Without the policy the server sees no rows either:',
    '',
    '```sql',
    'alter table TABLE enable row level security;',
    `create policy server on TABLE to ${quoteIdentifier(serverRole(app))} using (true) with check (true);`,
    '```',
    '',
    'To see what is still open:',
    '',
    '```sql',
    'select table_name, grantee, privilege_type from information_schema.role_table_grants',
    "where table_schema = 'public' and grantee in ('anon', 'authenticated');",
    '```',
  ];
}
