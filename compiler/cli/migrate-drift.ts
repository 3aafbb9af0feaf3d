import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../diagnostics/reporter.ts';
import { unlocated } from '../diagnostics/span.ts';
import { describeDifference } from '../../runtime/migrations/catalogue/describe-difference.ts';
import { differencesFrom } from '../../runtime/migrations/left-catalogue.ts';
import { migrationStatus } from '../../runtime/migrations/status.ts';
import type { MigrationStatus } from '../../runtime/migrations/migration.ts';
import type { CommandResult } from './command-result.ts';
import { refusal } from './command-result.ts';
import { listRoles, referenceCatalogue } from './reference-catalogue.ts';
import { withBackend } from './with-backend.ts';

/** Tells how the migrated tables of a database differ from what the migrations that it ran make; changes nothing. */
export async function migrateDrift(folder: string): Promise<CommandResult> {
  return withBackend(folder, async ({ migrations, unmanaged }, database) => {
    const status = await migrationStatus(database, migrations);
    const unknown = refuseUnknown(status, folder);
    if (unknown !== undefined) return refusal([unknown]);
    const applied = migrations.filter(({ id }) => status.applied.includes(id));
    const wanted = await referenceCatalogue(applied, await listRoles(database));
    const schema = applied[0]?.schema ?? 'public';
    const differences = await differencesFrom(database, schema, wanted, unmanaged);
    const lines = differences.map(describeDifference);
    return {
      diagnostics: lines.map((difference) => createDiagnostic(unlocated(folder), 'database-drift', '', { difference })),
      sources: new Map(),
      text: '',
      data: { head: status.applied.at(-1) ?? null, differences },
      summary: lines.length === 0 ? `the tables are what ${applied.length} migrations make` : `${lines.length} differ`,
    };
  });
}

/** Between two steps there is nothing to compare with, and before the first migration nothing at all. */
function refuseUnknown({ applied, partial, pending }: MigrationStatus, folder: string): Diagnostic | undefined {
  const id = partial?.id ?? (applied.length === 0 ? (pending[0] ?? '') : undefined);
  if (id === undefined) return undefined;
  const reason =
    partial === undefined
      ? 'the database has run no migration; run migrate up, or migrate baseline where its tables are already there'
      : `the database stopped after step ${partial.finishedSteps} of ${partial.steps}; run migrate up or migrate down first`;
  return createDiagnostic(unlocated(folder), 'migration-refused', '', { id, reason });
}
