import type { Database } from '../../runtime/database/database.ts';
import { openPglite } from '../../runtime/database/pglite.ts';
import type { Catalogue } from '../../runtime/migrations/catalogue/catalogue.ts';
import { readCatalogue } from '../../runtime/migrations/catalogue/read-catalogue.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import type { Migration } from '../../runtime/migrations/migration.ts';

/**
 * What some migrations make, read from an embedded database that runs them: the measure for one that ran them, or
 * should have. It is given the roles of that one, because policies and grants name them.
 */
export async function referenceCatalogue(
  migrations: readonly Migration[],
  roles: readonly string[],
): Promise<Catalogue> {
  return onEmbedded(roles, async (embedded) => {
    await migrate(embedded, migrations);
    return readCatalogue(embedded, migrations[0]?.schema ?? 'public');
  });
}

/** Works with an embedded database that has these roles and nothing else, and is gone afterwards. */
export async function onEmbedded<T>(roles: readonly string[], work: (embedded: Database) => Promise<T>): Promise<T> {
  const embedded = await openPglite();
  try {
    await createRoles(embedded, roles);
    return await work(embedded);
  } finally {
    await embedded.close();
  }
}

/** Names of the roles of a database's server, but for Postgres' own. */
export async function listRoles(database: Database): Promise<readonly string[]> {
  const text = "select rolname from pg_catalog.pg_roles where rolname !~ '^pg_' order by rolname";
  const { rows } = await database.query({ text, values: [] });
  return rows.map(([name]) => name ?? '');
}

async function createRoles(embedded: Database, roles: readonly string[]): Promise<void> {
  const present = await listRoles(embedded);
  const missing = roles.filter((role) => !present.includes(role));
  const statements = missing.map((role) => `create role "${role.replaceAll('"', '""')}"`);
  await embedded.session((session) => session.script(statements.join('; ')));
}
