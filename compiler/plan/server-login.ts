import type { App } from '../model/app.ts';
import { MAX_IDENTIFIER } from '../model/naming.ts';
import { SQL_KEYWORDS } from './sql/sql-keywords.ts';

/** The runner's table of finished migrations; the server reads it to know whether it may start. */
export const LEDGER_TABLE = 'supercompile_migrations';

const SUFFIX = '_server';

/** The database role that the server logs in as: `lead_tracker_server`. */
export function serverRole({ name }: App): string {
  return `${name.replaceAll('-', '_').slice(0, MAX_IDENTIFIER - SUFFIX.length)}${SUFFIX}`;
}

/** The database role that owns the schema and runs migrations: `lead_tracker_owner`. */
export function ownerRole({ name }: App): string {
  return `${name.replaceAll('-', '_').slice(0, MAX_IDENTIFIER - SUFFIX.length)}_owner`;
}

/** The database of the set-up guides: `lead_tracker`. */
export function databaseName({ name }: App): string {
  const plain = name.replaceAll('-', '_').slice(0, MAX_IDENTIFIER);
  return SQL_KEYWORDS.has(plain) ? `${plain.slice(0, MAX_IDENTIFIER - 3)}_db` : plain;
}
