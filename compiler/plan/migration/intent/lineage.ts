import type { App } from '../../../model/app.ts';
import type { DatabaseSchema, Table, TableOrigin } from '../../database/database-schema.ts';
import { sortOutRenames, type Contradiction, type NameChange } from '../diff/sort-out-renames.ts';
import { temporaryName } from '../diff/temporary-name.ts';
import { find } from '../named-list.ts';
import { outstandingRenames } from './outstanding-renames.ts';
import { tableOwners, type TableOwner } from './table-owners.ts';

/** Which rows of the history are whose: told by what an entity was called, never by the name of a table. */
export interface Lineage {
  /** The table that holds the rows so far of a table of the new schema. */
  readonly formerTable: (table: string) => Table | undefined;
  /** What a table was called that has this name while the migration runs. */
  readonly formerName: (table: string) => string;
  /** The entity that a table of the history belongs to, under the name it had. */
  readonly ownerOf: (table: string) => string | undefined;
  /** Tables that go, though the new schema has one of the name of each. */
  readonly leaving: readonly string[];
  /** Former names of entities that cannot be. */
  readonly contradictions: readonly Contradiction<NameChange>[];
}

/** Follows the tables of an app back into its history. */
export function traceLineage(app: App, from: DatabaseSchema, to: DatabaseSchema): Lineage {
  const owners = tableOwners(app, from);
  const { renames, contradictions } = sortOutRenames(outstandingRenames(app.entities, madeExchanges(from)), {
    old: new Set(owners.map(({ entity }) => entity)),
    next: new Set(app.entities.map(({ name }) => name)),
  });
  const formerEntity = (name: string): string | undefined =>
    renames.find((rename) => rename.to === name)?.name ??
    (renames.some((rename) => rename.name === name) ? undefined : name);
  const held = new Map(
    owners.map(({ holds, entity, field = '', table }) => [`${holds} ${entity} ${field}`, table] as const),
  );
  const formerOf = ({ entity, holds, field }: TableOrigin): Table | undefined => {
    const was = formerEntity(entity);
    const list = field === undefined ? '' : formerList(app, { entity, field }, was, owners);
    return held.get(`${holds ?? 'rows'} ${was} ${list}`);
  };
  const former = new Map(
    to.tables.map((table): readonly [string, Table | undefined] => [
      table.name,
      table.origin === undefined ? find(from.tables, table.name) : formerOf(table.origin),
    ]),
  );
  const kept = new Set(former.values());
  const leaving = from.tables.filter((table) => !kept.has(table) && former.has(table.name)).map(({ name }) => name);
  const aside = new Map(leaving.map((name) => [temporaryName(name, 'old'), name]));
  const ownerOf = new Map(owners.map(({ table, entity }) => [table.name, entity]));
  return {
    formerTable: (table) => former.get(table),
    formerName: (table) => aside.get(table) ?? former.get(table)?.name ?? table,
    ownerOf: (table) => ownerOf.get(table),
    leaving,
    contradictions,
  };
}

/** What a list of links was called so far; nothing where its name was another's. */
function formerList(
  app: App,
  { entity, field }: { readonly entity: string; readonly field: string },
  was: string | undefined,
  owners: readonly TableOwner[],
): string {
  const fields = find(app.entities, entity)?.fields ?? [];
  const own = owners.filter((owner) => owner.entity === was);
  const rows = own.find(({ holds }) => holds === 'rows')?.table;
  const { renames } = sortOutRenames(outstandingRenames(fields, rows?.origin?.exchanged ?? []), {
    old: new Set(own.map((owner) => owner.field ?? '')),
    next: new Set(fields.filter(({ links }) => links !== undefined).map(({ name }) => name)),
  });
  return renames.find(({ to }) => to === field)?.name ?? (renames.some(({ name }) => name === field) ? '' : field);
}

function madeExchanges({ tables }: DatabaseSchema): readonly { readonly name: string; readonly was: string }[] {
  return tables.flatMap(({ origin }) => (origin?.was === undefined ? [] : [{ name: origin.entity, was: origin.was }]));
}
