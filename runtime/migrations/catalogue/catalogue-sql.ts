/**
 * One row an object of the schema `$1`: kind, table, name, attributes as JSON. While it runs, the schema is the
 * search path, so that expressions name its objects alone: equal objects of schemas with other names read the same.
 * `relation` needs `space`, whose columns Postgres computes when it first reads it; so the path is set by then.
 */
export const CATALOGUE_SQL = `
with space as materialized (
  select oid, nspname, pg_catalog.set_config('search_path', pg_catalog.quote_ident(nspname), true) as path
  from pg_catalog.pg_namespace where nspname = $1
),
relation as materialized (
  select class.*, space.path
  from pg_catalog.pg_class class join space on class.relnamespace = space.oid
  where class.relkind in ('r', 'p', 'v', 'm', 'f') and class.relname <> 'supercompile_migrations'
    and not exists (
      select from pg_catalog.pg_depend member
      where member.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and member.objid = class.oid and member.deptype = 'e'
    )
),
tables as materialized (select * from relation where relkind in ('r', 'p', 'f')),
found as (
  select 'table' as kind, null::text as part_of, relname::text as name, pg_catalog.jsonb_build_object(
    'rowSecurity', case when relrowsecurity then 'enabled' end,
    'forced', case when relforcerowsecurity then true end,
    'kind', case relkind when 'p' then 'partitioned' when 'f' then 'foreign' end,
    'persistence', case when relpersistence <> 'p' then relpersistence end,
    'rightOfEverybody', (
      select pg_catalog.string_agg(pg_catalog.lower(granted.privilege_type), ', ' order by granted.privilege_type)
      from pg_catalog.aclexplode(relacl) granted where granted.grantee = 0
    )
  ) as attributes
  from tables
  union all
  select 'column', tables.relname, attribute.attname, pg_catalog.jsonb_build_object(
    'type', pg_catalog.format_type(attribute.atttypid, attribute.atttypmod),
    'notNull', attribute.attnotnull,
    'default', case when attribute.attgenerated = '' then pg_catalog.pg_get_expr(value.adbin, value.adrelid) end,
    'generated', case when attribute.attgenerated <> '' then pg_catalog.pg_get_expr(value.adbin, value.adrelid) end,
    'identity', case attribute.attidentity when 'a' then 'always' when 'd' then 'by default' end,
    'collation', collation_.collname,
    'rightOfEverybody', (
      select pg_catalog.string_agg(pg_catalog.lower(granted.privilege_type), ', ' order by granted.privilege_type)
      from pg_catalog.aclexplode(attribute.attacl) granted where granted.grantee = 0
    ),
    'sequence', case when attribute.attidentity <> '' then (
      select pg_catalog.format('start %s increment %s', sequence.seqstart, sequence.seqincrement)
      from pg_catalog.pg_depend owned join pg_catalog.pg_sequence sequence on sequence.seqrelid = owned.objid
      where owned.refobjid = tables.oid and owned.refobjsubid = attribute.attnum and owned.deptype = 'i'
        and owned.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
    ) end
  )
  from tables
  join pg_catalog.pg_attribute attribute on attribute.attrelid = tables.oid and attribute.attnum > 0 and not attribute.attisdropped
  join pg_catalog.pg_type type on type.oid = attribute.atttypid
  left join pg_catalog.pg_collation collation_ on collation_.oid = attribute.attcollation and attribute.attcollation <> type.typcollation
  left join pg_catalog.pg_attrdef value on value.adrelid = tables.oid and value.adnum = attribute.attnum
  union all
  select 'constraint', tables.relname, rule.conname, pg_catalog.jsonb_build_object(
    'definition', pg_catalog.pg_get_constraintdef(rule.oid, true),
    'valid', rule.convalidated
  )
  from tables join pg_catalog.pg_constraint rule on rule.conrelid = tables.oid where rule.contype in ('c', 'f', 'p', 'u', 'x')
  union all
  select 'index', tables.relname, class.relname, pg_catalog.jsonb_build_object(
    -- An operator class of an extension, in whichever schema that stands.
    'definition', pg_catalog.regexp_replace(
      pg_catalog.pg_get_indexdef(built.indexrelid, 0, true), ' ("[^"]+"|[a-z_][a-z0-9_$]*)[.]([a-z0-9_]+_ops)', ' \\2', 'g'
    ),
    'valid', built.indisvalid
  )
  from tables
  join pg_catalog.pg_index built on built.indrelid = tables.oid
  join pg_catalog.pg_class class on class.oid = built.indexrelid
  where not exists (select from pg_catalog.pg_constraint rule where rule.conindid = built.indexrelid and rule.contype in ('p', 'u', 'x'))
  union all
  select 'trigger', tables.relname, trigger.tgname, pg_catalog.jsonb_build_object(
    'definition', pg_catalog.pg_get_triggerdef(trigger.oid, true),
    'constraint', (
      select rule.conname from pg_catalog.pg_constraint rule where rule.oid = trigger.tgconstraint and rule.conname <> trigger.tgname
    ),
    'enabled', case trigger.tgenabled when 'O' then null when 'D' then 'disabled' when 'R' then 'on replicas' else 'always' end
  )
  from tables join pg_catalog.pg_trigger trigger on trigger.tgrelid = tables.oid where not trigger.tgisinternal
  union all
  select 'rule', tables.relname, rewrite.rulename, pg_catalog.jsonb_build_object(
    'definition', pg_catalog.pg_get_ruledef(rewrite.oid, true),
    'enabled', case rewrite.ev_enabled when 'O' then null when 'D' then 'disabled' when 'R' then 'on replicas' else 'always' end
  )
  from tables join pg_catalog.pg_rewrite rewrite on rewrite.ev_class = tables.oid
  union all
  select 'policy', tables.relname, policy.polname, pg_catalog.jsonb_build_object(
    'command', policy.polcmd,
    'restrictive', case when not policy.polpermissive then true end,
    'roles', (
      select pg_catalog.string_agg(coalesce(role.rolname, 'public'), ', ' order by role.rolname)
      from pg_catalog.unnest(policy.polroles) granted(oid) left join pg_catalog.pg_roles role on role.oid = granted.oid
    ),
    'using', pg_catalog.pg_get_expr(policy.polqual, policy.polrelid, true),
    'check', pg_catalog.pg_get_expr(policy.polwithcheck, policy.polrelid, true)
  )
  from tables join pg_catalog.pg_policy policy on policy.polrelid = tables.oid
  union all
  select 'view', null, relname, pg_catalog.jsonb_build_object(
    'definition', pg_catalog.pg_get_viewdef(oid, true),
    'materialized', case when relkind = 'm' then true end,
    'options', pg_catalog.array_to_string(reloptions, ', ')
  )
  from relation where relkind in ('v', 'm')
  union all
  select 'enum', null, type.typname, pg_catalog.jsonb_build_object(
    'values', pg_catalog.string_agg(pg_catalog.quote_literal(value.enumlabel), ', ' order by value.enumsortorder)
  )
  from space
  join pg_catalog.pg_type type on type.typnamespace = space.oid
  join pg_catalog.pg_enum value on value.enumtypid = type.oid
  group by type.typname
  union all
  select 'function', null, routine.proname || '(' || pg_catalog.pg_get_function_identity_arguments(routine.oid) || ')', pg_catalog.jsonb_build_object(
    'returns', pg_catalog.pg_get_function_result(routine.oid),
    'arguments', pg_catalog.pg_get_function_arguments(routine.oid),
    'language', language.lanname,
    'volatility', case routine.provolatile when 'i' then 'immutable' when 's' then 'stable' end,
    'securityDefiner', case when routine.prosecdef then true end,
    'settings', pg_catalog.array_to_string(routine.proconfig, ', '),
    'body', coalesce(pg_catalog.pg_get_function_sqlbody(routine.oid), routine.prosrc)
  )
  from space
  join pg_catalog.pg_proc routine on routine.pronamespace = space.oid and routine.prokind in ('f', 'p')
  join pg_catalog.pg_language language on language.oid = routine.prolang
  where space.path is not null and not exists (
    select from pg_catalog.pg_depend member
    where member.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and member.objid = routine.oid and member.deptype = 'e'
  )
  union all
  -- Where it stands is its server's matter: Supabase keeps all in a schema of their own.
  select 'extension', null, extension.extname, pg_catalog.jsonb_build_object()
  from space, pg_catalog.pg_extension extension
  where extension.extname <> 'plpgsql'
)
select kind, part_of, name, pg_catalog.jsonb_strip_nulls(attributes)::text from found`;
