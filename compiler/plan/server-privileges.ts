import type { App, Entity, Operation } from '../model/app.ts';
import { pairTableName } from '../model/naming.ts';
import { archiveName, comeBackWith, linksBeside } from './database/archive.ts';
import { listOwners } from './database/row-locks.ts';

/** A table privilege of Postgres; that to update a column alone is also the least that lets a row be held. */
export type Privilege = 'select' | 'insert' | 'update' | 'delete' | `update (${string})`;

/** What the server's own login may do to one table: no more than the entity's grants need. */
export interface TablePrivileges {
  readonly table: string;
  readonly privileges: readonly Privilege[];
}

const NEEDED: Readonly<Record<Operation, readonly Privilege[]>> = {
  create: ['insert'],
  read: [],
  update: ['update'],
  delete: ['delete'],
  restore: [],
};

/** Holds a row that is not written. The database itself counts the version, so that nothing else can be done with it. */
const HELD: readonly Privilege[] = ['select', 'update (version)'];

/** In the order of the entities. Every statement finds or returns rows, so each table of the API needs `select`. */
export function serverPrivileges(app: App): readonly TablePrivileges[] {
  const needed = new Map<string, Set<Privilege>>();
  const need = (table: string, privileges: readonly Privilege[]): void => {
    needed.set(table, new Set([...(needed.get(table) ?? []), ...privileges]));
  };
  for (const entity of app.entities.filter(({ operations }) => operations.length > 0)) {
    const { names, operations, softDelete } = entity;
    need(names.table, ['select', ...operations.flatMap((operation) => NEEDED[operation])]);
    // A trigger of the owner's puts rows there.
    if (softDelete) need(archiveName(names.table), ['select']);
    // Triggers of the owner's write the pairs.
    for (const table of pairTables(entity)) need(table, ['select']);
    for (const { table } of listOwners(app, entity)) need(table, HELD);
    if (operations.includes('restore')) for (const one of comeBackWith(app, entity)) restoreNeeds(app, one, need);
  }
  const tables = app.entities.flatMap((entity) => [
    entity.names.table,
    archiveName(entity.names.table),
    ...pairTables(entity),
  ]);
  return tables.flatMap((table) => {
    const privileges = needed.get(table);
    return privileges === undefined ? [] : [{ table, privileges: withoutLesser(privileges) }];
  });
}

function pairTables({ names, fields }: Entity): readonly string[] {
  return fields.filter(({ links }) => links !== undefined).map(({ name }) => pairTableName(names.table, name));
}

/** The server takes rows out of where they are kept; links to what comes back later it sets afterwards. */
function restoreNeeds(app: App, entity: Entity, need: (table: string, privileges: readonly Privilege[]) => void): void {
  const { table } = entity.names;
  const late = linksBeside(app, entity).filter(({ to, kind }) => to !== entity && kind !== undefined);
  need(table, ['select', 'insert', ...late.map(({ column }): Privilege => `update (${column})`)]);
  need(archiveName(table), ['select', 'delete']);
  // Links come back empty where their row is gone.
  for (const { reference, links } of entity.fields) {
    const { entity: name, onDelete } = reference ?? links ?? {};
    const target = app.entities.find((other) => other.name === name);
    if (target !== undefined && (onDelete === 'setNull' || onDelete === 'unlink')) need(target.names.table, ['select']);
  }
}

/** Who may update a table may update each of its columns. */
function withoutLesser(privileges: ReadonlySet<Privilege>): readonly Privilege[] {
  const all = ORDER.filter((privilege) => privileges.has(privilege));
  const columns = [...privileges].filter((privilege) => privilege.startsWith('update ('));
  return privileges.has('update') ? all : [...all, ...columns.toSorted()];
}

const ORDER: readonly Privilege[] = ['select', 'insert', 'update', 'delete'];
