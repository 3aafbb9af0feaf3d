import type { Statement, Text } from '../../database/database.ts';
import type { CatalogueKind, CatalogueObject } from './catalogue.ts';

/**
 * How objects of one kind are read, from one table of Postgres where that is possible: each session plans the query
 * anew, and to plan a join takes longer than to answer it.
 */
export interface ObjectQuery {
  readonly kind: CatalogueKind;
  /** Oid of the relation that an object is part of. */
  readonly table?: string;
  readonly name: string;
  /** By name; null is Postgres' default, and no attribute. */
  readonly attributes: Readonly<Record<string, string>>;
  /** With what it is asked for as `$1`. */
  readonly from: string;
}

/** The statement of a query; `others` are columns before those of the object. */
export function selectObjects(
  { table = 'null', name, attributes, from }: ObjectQuery,
  argument: string,
  others: readonly string[] = [],
): Statement {
  const columns = [...others, table, name, ...Object.values(attributes)];
  return { text: `select ${columns.join(', ')} from ${from}`, values: [argument] };
}

/** The objects of its rows, those of a table only where it is among `tables`, its name by its oid. */
export function readObjects(
  query: ObjectQuery,
  rows: readonly (readonly Text[])[],
  tables: ReadonlyMap<string, string> = new Map(),
): readonly CatalogueObject[] {
  const { kind } = query;
  return rows.flatMap(([oid, name, ...values]) => {
    const attributes = readAttributes(query, values);
    if (query.table === undefined) return [{ kind, name: name ?? '', attributes }];
    const table = tables.get(oid ?? '');
    return table === undefined ? [] : [{ kind, table, name: `${table}.${name}`, attributes }];
  });
}

function readAttributes({ attributes }: ObjectQuery, values: readonly Text[]): CatalogueObject['attributes'] {
  const entries = Object.keys(attributes).flatMap((name, index) => {
    const value = values[index] ?? null;
    return value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}
