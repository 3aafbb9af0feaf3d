import type { App } from '../../../model/app.ts';
import { entityOfTable } from '../../../model/former-names.ts';
import { entityNames } from '../../../model/naming.ts';
import { archiveName } from '../../database/archive.ts';
import type { DatabaseSchema, Table } from '../../database/database-schema.ts';
import { find } from '../named-list.ts';

/** A table of the history and the entity whose rows it holds. */
export interface TableOwner {
  readonly table: Table;
  readonly entity: string;
  readonly holds: 'rows' | 'deleted' | 'pairs';
  /** Of pairs: the field that has them as a list. */
  readonly field?: string;
}

/** Whose every table is, as the history says or, where an early compiler did not, as the names tell. */
export function tableOwners(app: App, from: DatabaseSchema): readonly TableOwner[] {
  const known = from.tables.flatMap((table): readonly TableOwner[] => {
    const { entity, holds = 'rows', field } = table.origin ?? {};
    return entity === undefined ? [] : [{ table, entity, holds, ...(field !== undefined && { field }) }];
  });
  const taken = new Set(known.map(({ entity }) => entity));
  const unknown = from.tables.filter(({ origin, internal }) => origin === undefined && internal !== true);
  const guessed = unknown.map((table): TableOwner => {
    const candidates = [...guesses(app, from, table.name), entityOfTable(table.name)];
    const entity = candidates.find((name) => !taken.has(name)) ?? table.name;
    taken.add(entity);
    return { table, entity, holds: 'rows' };
  });
  const archives = guessed.flatMap(({ table, entity }): readonly TableOwner[] => {
    const archive = find(from.tables, archiveName(table.name));
    return archive?.internal === true && archive.origin === undefined
      ? [{ table: archive, entity, holds: 'deleted' }]
      : [];
  });
  return [...known, ...guessed, ...archives];
}

/** An entity that moved to another table, one that has the table, one that had it under its former name. */
function guesses(app: App, from: DatabaseSchema, table: string): readonly string[] {
  const isOf = (name: string): boolean => entityNames(name).table === table;
  const moved = app.entities.filter(({ name, names }) => isOf(name) && find(from.tables, names.table) === undefined);
  const present = app.entities.filter(({ names }) => names.table === table);
  const former = app.entities.flatMap(({ was }) => (was !== undefined && isOf(was) ? [was] : []));
  return [
    ...moved.map(({ name }) => name),
    ...present.filter(({ was }) => was === undefined || !former.includes(was)).map(({ name }) => name),
    ...former,
    ...present.map(({ name }) => name),
  ];
}
