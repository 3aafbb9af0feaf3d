import { openPglite } from '../../runtime/database/pglite.ts';
import type { MigrationClaim } from '../plan/migration/plan-migration.ts';
import { proveMigration } from './prove-migration.ts';

/** Proves a migration on an embedded database that is there for this alone, and gone afterwards. */
export async function proveOnEmbedded(claim: MigrationClaim): Promise<readonly string[]> {
  const database = await openPglite(
    undefined,
    [...claim.from.extensions, ...claim.to.extensions].map(({ name }) => name),
  );
  try {
    return await database.session((session) => proveMigration(claim, session));
  } finally {
    await database.close();
  }
}
