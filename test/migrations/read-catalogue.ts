import type { Executor } from '../../runtime/database/database.ts';

/**
 * Everything that a schema holds, one object a line, in an order of its own. The order of columns and
 * the names that Postgres 18 gives to `not null` are left out: neither is part of the state.
 */
export async function readCatalogue(executor: Executor, schema: string): Promise<readonly string[]> {
  const { rows } = await executor.query({ text: CATALOGUE, values: [schema] });
  return rows.map(([line]) => line ?? '').toSorted();
}

const CATALOGUE = `
with space as (select oid from pg_namespace where nspname = $1),
relation as (
  select oid, relname, relkind, relrowsecurity, relforcerowsecurity from pg_class
  where relnamespace in (select oid from space) and relname not like 'supercompile%'
)
select format('column %s.%s %s%s default %s identity %s generated %s collation %s', r.relname, a.attname,
  format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end,
  pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated, nullif(a.attcollation, t.typcollation)::regcollation)
from relation r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
where r.relkind in ('r', 'v')
union all
select format('constraint %s.%s %s valid %s', r.relname, c.conname, pg_get_constraintdef(c.oid), c.convalidated)
from relation r join pg_constraint c on c.conrelid = r.oid where c.contype <> 'n'
union all
select format('index %s valid %s', pg_get_indexdef(i.indexrelid), i.indisvalid)
from relation r join pg_index i on i.indrelid = r.oid where r.relkind = 'r'
union all
select format('trigger %s', pg_get_triggerdef(t.oid))
from relation r join pg_trigger t on t.tgrelid = r.oid where not t.tgisinternal
union all
select format('policy %s.%s %s %s %s', r.relname, p.polname, p.polcmd, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
from relation r join pg_policy p on p.polrelid = r.oid
union all
select format('table %s row security %s %s', relname, relrowsecurity, relforcerowsecurity) from relation where relkind = 'r'
union all
select format('enum %s %s', t.typname, string_agg(e.enumlabel, ', ' order by e.enumsortorder))
from pg_type t join pg_enum e on e.enumtypid = t.oid where t.typnamespace in (select oid from space) group by t.typname
union all
select format('view %s%s %s', r.relname, case when r.relkind = 'm' then ' materialized' else '' end, pg_get_viewdef(r.oid) || coalesce(c.reloptions::text, ''))
from relation r join pg_class c on c.oid = r.oid where r.relkind in ('v', 'm')
union all
select format('extension %s', e.extname) from pg_extension e where e.extname <> 'plpgsql'
union all
select format('function %s', regexp_replace(pg_get_functiondef(p.oid), '\\s+', ' ', 'g')) from pg_proc p where p.pronamespace in (select oid from space)
  and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
`;
