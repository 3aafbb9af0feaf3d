/** What everybody (`public`) may do by an access list, as SQL: `select, update`; null for nothing. */
export function rightOfEverybody(acl: string): string {
  return `case when ${acl} is not null then (
    select pg_catalog.string_agg(pg_catalog.lower(privilege_type), ', ' order by privilege_type)
    from pg_catalog.aclexplode(${acl}) where grantee = 0
  ) end`;
}
