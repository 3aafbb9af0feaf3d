import type { ObjectQuery } from './object-query.ts';

/** The oid of the schema whose name is `$1`. */
export const SCHEMA_OID = '(select pg_catalog.to_regnamespace(pg_catalog.quote_ident($1))::oid)';

/**
 * What is part of no table, by the name of its schema. Functions are found by what depends on it, which has an index: there are thousands of them in
 * any database.
 */
export const SCHEMA_QUERIES: readonly ObjectQuery[] = [
  {
    kind: 'enum',
    name: 'typname',
    attributes: {
      values: `(
        select pg_catalog.string_agg(pg_catalog.quote_literal(enumlabel), ', ' order by enumsortorder)
        from pg_catalog.pg_enum where enumtypid = pg_type.oid
      )`,
    },
    from: `pg_catalog.pg_type where typnamespace = ${SCHEMA_OID} and typtype = 'e'`,
  },
  {
    kind: 'function',
    name: "proname || '(' || pg_catalog.pg_get_function_identity_arguments(pg_proc.oid) || ')'",
    attributes: {
      returns: 'pg_catalog.pg_get_function_result(pg_proc.oid)',
      arguments: 'pg_catalog.pg_get_function_arguments(pg_proc.oid)',
      language: '(select lanname from pg_catalog.pg_language where pg_language.oid = prolang)',
      volatility: "case provolatile when 'i' then 'immutable' when 's' then 'stable' end",
      securityDefiner: "case when prosecdef then 'true' end",
      settings: "pg_catalog.array_to_string(proconfig, ', ')",
      body: 'coalesce(pg_catalog.pg_get_function_sqlbody(pg_proc.oid), prosrc)',
    },
    from: `pg_catalog.pg_proc
      where prokind in ('f', 'p') and pg_proc.oid = any(array(
        select objid from pg_catalog.pg_depend
        where refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass and refobjid = ${SCHEMA_OID}
          and classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
      )) and pg_proc.oid <> all(array(
        select objid from pg_catalog.pg_depend
        where classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and deptype = 'e'
      ))`,
  },
  // Where it stands is its server's matter: Supabase keeps all in a schema of their own.
  {
    kind: 'extension',
    name: 'extname',
    attributes: {},
    from: `pg_catalog.pg_extension where extname <> 'plpgsql' and ${SCHEMA_OID} is not null`,
  },
];
