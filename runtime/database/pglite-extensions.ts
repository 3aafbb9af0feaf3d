import type { Extensions } from '@electric-sql/pglite';

/**
 * Extensions of Postgres that the embedded database has too, by their names there. Each costs time at the start, so
 * only those that a database uses are loaded.
 */
const LOADERS: Readonly<Record<string, () => Promise<Extensions>>> = {
  btree_gin: () => import('@electric-sql/pglite/contrib/btree_gin'),
  btree_gist: () => import('@electric-sql/pglite/contrib/btree_gist'),
  citext: () => import('@electric-sql/pglite/contrib/citext'),
  cube: () => import('@electric-sql/pglite/contrib/cube'),
  earthdistance: () => import('@electric-sql/pglite/contrib/earthdistance'),
  fuzzystrmatch: () => import('@electric-sql/pglite/contrib/fuzzystrmatch'),
  hstore: () => import('@electric-sql/pglite/contrib/hstore'),
  intarray: () => import('@electric-sql/pglite/contrib/intarray'),
  isn: () => import('@electric-sql/pglite/contrib/isn'),
  ltree: () => import('@electric-sql/pglite/contrib/ltree'),
  pg_trgm: () => import('@electric-sql/pglite/contrib/pg_trgm'),
  pgcrypto: () => import('@electric-sql/pglite/contrib/pgcrypto'),
  tablefunc: () => import('@electric-sql/pglite/contrib/tablefunc'),
  unaccent: () => import('@electric-sql/pglite/contrib/unaccent'),
  'uuid-ossp': () => import('@electric-sql/pglite/contrib/uuid_ossp'),
};

/** What PGlite is to be opened with for these extensions; names it does not have are left out. */
export async function pgliteExtensions(names: readonly string[]): Promise<Extensions> {
  const loaded = await Promise.all(names.map((name) => LOADERS[name]?.() ?? {}));
  return Object.assign({}, ...loaded.map((module): Extensions => ({ ...module })));
}
