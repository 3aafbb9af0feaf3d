import type { Statement, Text } from '../../database/database.ts';
import type { CatalogueObject } from './catalogue.ts';
import { readObjects, selectObjects, type ObjectQuery } from './object-query.ts';
import { rightOfEverybody } from './right-of-everybody.ts';
import { SCHEMA_OID } from './schema-queries.ts';

/** A table, view or sequence of a schema. */
export interface Relation {
  readonly oid: string;
  readonly name: string;
  /** `pg_class.relkind`. */
  readonly kind: string;
  /** It may have some, as far as Postgres keeps account of it. */
  readonly hasTriggers: boolean;
  readonly hasRules: boolean;
  /** As an object of the catalogue, where it is one. */
  readonly table: CatalogueObject | undefined;
}

/** Whether it has rows of its own. */
export function isTable({ kind }: Pick<Relation, 'kind'>): boolean {
  return kind === 'r' || kind === 'p' || kind === 'f';
}

const TABLE_QUERY: ObjectQuery = {
  kind: 'table',
  name: 'relname',
  attributes: {
    rowSecurity: "case when relrowsecurity then 'enabled' end",
    forced: "case when relforcerowsecurity then 'true' end",
    kind: "case relkind when 'p' then 'partitioned' when 'f' then 'foreign' end",
    persistence: "case when relpersistence <> 'p' then relpersistence end",
    rightOfEverybody: rightOfEverybody('relacl'),
  },
  from: `pg_catalog.pg_class
    where relnamespace = ${SCHEMA_OID} and relkind in ('r', 'p', 'f', 'v', 'm', 'S')
      and relname <> 'supercompile_migrations'`,
};

/** Asks for the relations of a schema, less what supercompile keeps there. */
export function selectRelations(schema: string): Statement {
  return selectObjects(TABLE_QUERY, schema, ['oid', 'relkind', 'relhastriggers', 'relhasrules']);
}

/** The relation of a row of `selectRelations`. */
export function readRelation([oid, kind, hasTriggers, hasRules, ...row]: readonly Text[]): Relation {
  const relation = { oid: oid ?? '', name: row[1] ?? '', kind: kind ?? '' };
  const [table] = isTable(relation) ? readObjects(TABLE_QUERY, [row]) : [];
  return { ...relation, hasTriggers: hasTriggers === 't', hasRules: hasRules === 't', table };
}

/** Asks which relations came with an extension. */
export function selectMembers(relations: readonly Relation[]): Statement {
  const text = `select objid from pg_catalog.pg_depend
    where classid = 'pg_catalog.pg_class'::pg_catalog.regclass and deptype = 'e' and objid = any($1::oid[])`;
  return { text, values: [listOids(relations)] };
}

/** An array literal. */
export function listOids(relations: readonly Relation[]): string {
  return `{${relations.map(({ oid }) => oid).join(',')}}`;
}
