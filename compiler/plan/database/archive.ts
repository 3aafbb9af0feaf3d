import type { App, Entity } from '../../model/app.ts';
import { derivedName } from '../../model/naming.ts';
import { incomingLinks } from '../incoming-links.ts';
import { qualify, quoteIdentifier } from '../sql/sql-text.ts';
import type { Column, DatabaseFunction, DatabaseSchema, ReferentialAction, Table, Trigger } from './database-schema.ts';
import { mayGoTogether } from './going-together.ts';
import { triggerFunction } from './trigger-function.ts';
import { tableNamed } from './table-named.ts';

/** When a row was deleted: the moment of its transaction, which rows that went with it share. */
export const DELETED_AT = 'deleted_at';

/** The table that keeps deleted rows: `leads_deleted`. */
export function archiveName(table: string): string {
  return derivedName(table, [], 'deleted');
}

/** The columns of a row that are kept: the database makes the others again. */
export function keptColumns(entity: Entity, table: Pick<Table, 'columns'>): readonly Column[] {
  const maintained = new Set(entity.fields.flatMap(({ column, computed }) => (computed === undefined ? [] : [column])));
  return table.columns.filter(({ name, generated }) => generated === undefined && !maintained.has(name));
}

/** Where deleted rows are kept; every column but the id may be null, so that what becomes of the table does not matter. */
export function archiveTable(entity: Entity, table: Table): Table {
  const name = archiveName(entity.names.table);
  const kept = keptColumns(entity, table).map(({ name: column, type, collation }): Column => ({
    name: column,
    type,
    notNull: column === 'id',
    ...(collation !== undefined && { collation }),
  }));
  return {
    name,
    columns: [...kept, { name: DELETED_AT, type: { name: 'timestamp with time zone' }, notNull: true }],
    constraints: [{ kind: 'primaryKey', name: derivedName(name, [], 'pkey'), columns: ['id'] }],
    indexes: [{ name: derivedName(name, [DELETED_AT], 'idx'), keys: [{ column: DELETED_AT }] }],
    triggers: [],
    policies: [],
    internal: true,
    origin: { entity: entity.name, holds: 'deleted' },
  };
}

/** What puts deleted rows there, whoever deletes them: the API, a cascade, SQL by hand. */
export function archiveGuard(
  app: App,
  entity: Entity,
  table: Pick<Table, 'columns'>,
): { readonly function: DatabaseFunction; readonly trigger: Trigger } {
  const name = derivedName(entity.names.table, [], 'archive');
  const archive = qualify(app.database.schema, archiveName(entity.names.table));
  const columns = keptColumns(entity, table).map((column) => quoteIdentifier(column.name));
  const lines = [
    `delete from ${archive} where id = old.id;`,
    `insert into ${archive} (`,
    ...columns.map((column) => `  ${column},`),
    `  ${DELETED_AT}`,
    ') values (',
    ...columns.map((column) => `  old.${column},`),
    '  now()',
    ');',
  ];
  return {
    function: triggerFunction(name, lines, 'null'),
    trigger: { name, timing: 'after', events: [{ on: 'delete' }], level: 'row', function: name, arguments: [] },
  };
}

/** The kept columns of an entity in the schema of the app; none where it keeps no rows. */
export function archivedColumns(entity: Entity, { tables }: Pick<DatabaseSchema, 'tables'>): readonly Column[] {
  const table = entity.softDelete ? tableNamed(tables, entity.names.table) : undefined;
  return table === undefined ? [] : keptColumns(entity, table);
}

/** Links by which rows go with one that is deleted, and are kept too. */
export function cascades(app: App, entity: Entity): readonly { readonly from: Entity; readonly column: string }[] {
  return incomingLinks(app, entity.name)
    .filter(({ from, field }) => from.softDelete && field.reference?.onDelete === 'cascade')
    .map(({ from, field }) => ({ from, column: field.column }));
}

/** A link to a row, of whatever entity, that may come back together with this one. */
interface LinkBeside {
  readonly to: Entity;
  readonly column: string;
  readonly kind: 'optional' | 'list' | undefined;
  /** What becomes of the row where the other one is deleted. */
  readonly onDelete: ReferentialAction | 'unlink';
}

/** The links of an entity to rows that are kept too and may go with the same row. */
export function linksBeside(app: App, entity: Entity): readonly LinkBeside[] {
  return entity.fields.flatMap((field) => {
    const { entity: name, onDelete } = field.reference ?? field.links ?? {};
    const to = app.entities.find((other) => other.softDelete && other.name === name);
    if (to === undefined || !mayGoTogether(app, entity.name, to.name)) return [];
    const kind = field.links ? 'list' : field.optional ? 'optional' : undefined;
    return onDelete === undefined ? [] : [{ to, column: field.column, kind, onDelete }];
  });
}

/** The entities of which rows may come back with a row that is restored, its own first. */
export function comeBackWith(app: App, entity: Entity): readonly Entity[] {
  const found = new Set<Entity>();
  const visit = (one: Entity, isAsked: boolean): void => {
    if (!isAsked && found.has(one)) return;
    if (!isAsked) found.add(one);
    for (const { from } of cascades(app, one)) visit(from, false);
    for (const { to, onDelete } of linksBeside(app, one)) {
      // What the row itself went with stays where it is.
      if (onDelete === 'restrict' || (onDelete === 'cascade' && !isAsked)) visit(to, false);
    }
  };
  visit(entity, true);
  return [...new Set([entity, ...found])];
}

/** What a restore puts back. */
export interface RestoredRow {
  /** Kept columns but the version, which goes on, and the time of the last change. */
  readonly columns: readonly string[];
  /** Values, as SQL, of required columns that a kept row may lack. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Links that come back empty where their row is gone: by column, the table that they lead to. */
  readonly emptied: Readonly<Record<string, string>>;
  /** Lists of links that come back without those whose row is gone, likewise. */
  readonly unlinked: Readonly<Record<string, string>>;
}

/** Says of an entity's kept columns what becomes of each when a row is restored. */
export function restoredRow(app: App, entity: Entity, kept: readonly Column[]): RestoredRow {
  const isField = (name: string): boolean => entity.fields.some(({ column }) => column === name);
  return {
    columns: kept.map(({ name }) => name).filter((name) => name !== 'version' && name !== 'updated_at'),
    defaults: Object.fromEntries(
      kept.flatMap(({ name, notNull, default: value }) =>
        notNull && value !== undefined && isField(name) ? [[name, value]] : [],
      ),
    ),
    emptied: Object.fromEntries(
      entity.fields.flatMap(({ column, reference }) => {
        const target = app.entities.find(({ name }) => name === reference?.entity);
        return reference?.onDelete !== 'setNull' || target === undefined ? [] : [[column, target.names.table]];
      }),
    ),
    unlinked: Object.fromEntries(
      entity.fields.flatMap(({ column, links }) => {
        const target = app.entities.find(({ name }) => name === links?.entity);
        return links?.onDelete !== 'unlink' || target === undefined ? [] : [[column, target.names.table]];
      }),
    ),
  };
}
