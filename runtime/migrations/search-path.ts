/**
 * The search path of a step, as an expression: that of the extension whose names it uses, wherever this database has it
 * (Supabase keeps all in a schema of their own); else names resolve to nothing but Postgres' own.
 */
export function searchPath(extension: string | undefined): string {
  if (extension === undefined) return "''";
  const place = 'extnamespace::pg_catalog.regnamespace::text';
  return `coalesce((select ${place} from pg_catalog.pg_extension where extname = '${extension}'), '')`;
}

/** Sets it for the session; a transaction that fails takes it back. */
export function pathSql(extension: string | undefined): string {
  return `select pg_catalog.set_config('search_path', ${searchPath(extension)}, false)`;
}
