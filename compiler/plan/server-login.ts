import type { App, Operation } from '../model/app.ts';
import { MAX_IDENTIFIER, pairTableName } from '../model/naming.ts';
import { archiveName } from './database/archive.ts';
import { SQL_KEYWORDS } from './sql/sql-keywords.ts';

/** A table privilege of Postgres. */
export type Privilege = 'select' | 'insert' | 'update' | 'delete';

/** What the server's own login may do to one table: no more than the entity's grants need. */
export interface TablePrivileges {
  readonly table: string;
  readonly privileges: readonly Privilege[];
}

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

const NEEDED: Readonly<Record<Operation, readonly Privilege[]>> = {
  create: ['insert'],
  read: [],
  update: ['update'],
  delete: ['delete'],
  restore: ['insert'],
};

/** Tables the API reaches. Every statement finds or returns rows, so each needs `select`. */
export function serverPrivileges({ entities }: App): readonly TablePrivileges[] {
  return entities
    .filter(({ operations }) => operations.length > 0)
    .flatMap(({ names, operations, softDelete, fields }): readonly TablePrivileges[] => [
      {
        table: names.table,
        privileges: ['select', ...new Set(operations.flatMap((operation) => NEEDED[operation]))],
      },
      ...(softDelete ? [archivePrivileges(names.table, operations)] : []),
      // Triggers of the owner's write the pairs.
      ...fields.flatMap(({ name, links }): readonly TablePrivileges[] =>
        links === undefined ? [] : [{ table: pairTableName(names.table, name), privileges: ['select'] }],
      ),
    ]);
}

/** A trigger of the owner's puts rows there; the server takes them back. */
function archivePrivileges(table: string, operations: readonly Operation[]): TablePrivileges {
  return { table: archiveName(table), privileges: ['select', ...(operations.includes('restore') ? DELETE : [])] };
}

const DELETE: readonly Privilege[] = ['delete'];
