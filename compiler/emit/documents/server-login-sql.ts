import type { App } from '../../model/app.ts';
import { IDEMPOTENCY_TABLE } from '../../plan/database/idempotency-table.ts';
import { LEDGER_TABLE, serverRole } from '../../plan/server-login.ts';
import { serverPrivileges, type Privilege } from '../../plan/server-privileges.ts';
import { qualify, quoteIdentifier, quoteLiteral } from '../../plan/sql/sql-text.ts';
import type { Emitter } from '../emitter.ts';
import { SQL_HEADER } from '../header.ts';

/** Prints `app/docs/server_login.sql`: the server's database role and its exact rights. */
export const emitServerLoginSql: Emitter = ({ app }) => [
  { path: 'app/docs/server_login.sql', text: `${sqlLines(app).join('\n')}\n`, owner: 'compiler' },
];

/**
 * What the server asks of each of its sessions, for poolers that drop it. Times are read as UTC; no
 * statement and no transaction lasts for ever.
 */
const SETTINGS: readonly (readonly [name: string, value: string])[] = [
  ['timezone', 'UTC'],
  ['datestyle', 'ISO'],
  ['intervalstyle', 'iso_8601'],
  ['statement_timeout', '30s'],
  ['idle_in_transaction_session_timeout', '30s'],
];

function sqlLines(app: App): readonly string[] {
  const role = quoteIdentifier(serverRole(app));
  const schema = quoteIdentifier(app.database.schema);
  return [
    ...SQL_HEADER,
    '--',
    '-- The role that the server logs in as, with no more rights than the grants of the spec need. Run it as',
    '-- the owner of the tables after every migration; running it again is safe. It sets no password: see',
    '-- supabase_setup.md.',
    'begin;',
    'do $$',
    'begin',
    `  if not exists (select from pg_roles where rolname = ${quoteLiteral(serverRole(app))}) then`,
    `    create role ${role};`,
    ...SETTINGS.map(([name, value]) => `    alter role ${role} set ${name} = ${quoteLiteral(value)};`),
    '  end if;',
    'end',
    '$$;',
    `revoke all on all tables in schema ${schema} from ${role};`,
    `grant usage on schema ${schema} to ${role};`,
    `grant select on ${qualify(app.database.schema, LEDGER_TABLE)} to ${role};`,
    ...(app.entities.length === 0
      ? []
      : [`grant select, insert, delete on ${qualify(app.database.schema, IDEMPOTENCY_TABLE)} to ${role};`]),
    ...serverPrivileges(app).map(
      ({ table, privileges }) =>
        `grant ${privileges.map(quoted).join(', ')} on ${qualify(app.database.schema, table)} to ${role};`,
    ),
    'commit;',
  ];
}

function quoted(privilege: Privilege): string {
  return privilege.replace(/\((.*)\)$/, (_, column: string) => `(${quoteIdentifier(column)})`);
}
