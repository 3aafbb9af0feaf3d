import type { ObjectQuery } from './object-query.ts';
import { isTable, type Relation } from './relations.ts';
import { rightOfEverybody } from './right-of-everybody.ts';

/** What is part of some relations, or is one, by their oids. */
export interface PartQuery extends ObjectQuery {
  /** Whether a relation can have such a part. */
  readonly isAsked: (relation: Relation) => boolean;
}

/** Each by the oids of the relations it is asked of. */
export const PART_QUERIES: readonly PartQuery[] = [
  {
    isAsked: isTable,
    kind: 'column',
    table: 'attrelid',
    name: 'attname',
    attributes: {
      type: 'pg_catalog.format_type(atttypid, atttypmod)',
      notNull: 'attnotnull::text',
      default: "case when attgenerated = '' then pg_catalog.pg_get_expr(adbin, adrelid) end",
      generated: "case when attgenerated <> '' then pg_catalog.pg_get_expr(adbin, adrelid) end",
      identity: "case attidentity when 'a' then 'always' when 'd' then 'by default' end",
      collation: `case when attcollation <> 0 then (
        select collname from pg_catalog.pg_collation
        where pg_collation.oid = attcollation
          and attcollation <> (select typcollation from pg_catalog.pg_type where pg_type.oid = atttypid)
      ) end`,
      rightOfEverybody: rightOfEverybody('attacl'),
    },
    from: `pg_catalog.pg_attribute
      left join pg_catalog.pg_attrdef on adrelid = attrelid and adnum = attnum
      where attrelid = any($1::oid[]) and attnum > 0 and not attisdropped`,
  },
  {
    isAsked: ({ kind }) => kind === 'S',
    kind: 'column',
    table: 'refobjid',
    name: '(select attname from pg_catalog.pg_attribute where attrelid = refobjid and attnum = refobjsubid)',
    attributes: { sequence: "pg_catalog.format('start %s increment %s', seqstart, seqincrement)" },
    from: `pg_catalog.pg_sequence join pg_catalog.pg_depend on objid = seqrelid
      where seqrelid = any($1::oid[]) and classid = 'pg_catalog.pg_class'::pg_catalog.regclass and deptype = 'i'`,
  },
  {
    isAsked: isTable,
    kind: 'constraint',
    table: 'conrelid',
    name: 'conname',
    attributes: { definition: 'pg_catalog.pg_get_constraintdef(oid, true)', valid: 'convalidated::text' },
    from: "pg_catalog.pg_constraint where conrelid = any($1::oid[]) and contype in ('c', 'f', 'p', 'u', 'x')",
  },
  {
    isAsked: isTable,
    kind: 'index',
    table: 'indrelid',
    name: '(select relname from pg_catalog.pg_class where pg_class.oid = indexrelid)',
    attributes: {
      // An operator class of an extension, in whichever schema that stands.
      definition: `pg_catalog.regexp_replace(
        pg_catalog.pg_get_indexdef(indexrelid, 0, true), ' ("[^"]+"|[a-z_][a-z0-9_$]*)[.]([a-z0-9_]+_ops)', ' \\2', 'g'
      )`,
      valid: 'indisvalid::text',
    },
    from: `pg_catalog.pg_index
      where indrelid = any($1::oid[]) and indexrelid <> all(array(
        select conindid from pg_catalog.pg_constraint where conrelid = any($1::oid[]) and contype in ('p', 'u', 'x')
      ))`,
  },
  {
    isAsked: (relation) => isTable(relation) && relation.hasTriggers,
    kind: 'trigger',
    table: 'tgrelid',
    name: 'tgname',
    attributes: {
      definition: 'pg_catalog.pg_get_triggerdef(oid, true)',
      constraint: `(
        select conname from pg_catalog.pg_constraint where pg_constraint.oid = tgconstraint and conname <> tgname
      )`,
      enabled: enabled('tgenabled'),
    },
    from: 'pg_catalog.pg_trigger where tgrelid = any($1::oid[]) and not tgisinternal',
  },
  {
    isAsked: (relation) => isTable(relation) && relation.hasRules,
    kind: 'rule',
    table: 'ev_class',
    name: 'rulename',
    attributes: { definition: 'pg_catalog.pg_get_ruledef(oid, true)', enabled: enabled('ev_enabled') },
    from: 'pg_catalog.pg_rewrite where ev_class = any($1::oid[])',
  },
  {
    isAsked: isTable,
    kind: 'policy',
    table: 'polrelid',
    name: 'polname',
    attributes: {
      command: 'polcmd',
      restrictive: "case when not polpermissive then 'true' end",
      roles: `(
        select pg_catalog.string_agg(case when role = 0 then 'public' else pg_catalog.pg_get_userbyid(role) end, ', ')
        from (select role from pg_catalog.unnest(polroles) role order by pg_catalog.pg_get_userbyid(role)) sorted
      )`,
      using: 'pg_catalog.pg_get_expr(polqual, polrelid, true)',
      check: 'pg_catalog.pg_get_expr(polwithcheck, polrelid, true)',
    },
    from: 'pg_catalog.pg_policy where polrelid = any($1::oid[])',
  },
  {
    isAsked: ({ kind }) => kind === 'v' || kind === 'm',
    kind: 'view',
    name: 'relname',
    attributes: {
      definition: 'pg_catalog.pg_get_viewdef(oid, true)',
      materialized: "case when relkind = 'm' then 'true' end",
      options: "pg_catalog.array_to_string(reloptions, ', ')",
    },
    from: 'pg_catalog.pg_class where oid = any($1::oid[])',
  },
];

function enabled(column: string): string {
  return `case ${column} when 'O' then null when 'D' then 'disabled' when 'R' then 'on replicas' else 'always' end`;
}
