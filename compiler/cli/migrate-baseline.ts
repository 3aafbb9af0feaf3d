import { createDiagnostic } from '../diagnostics/reporter.ts';
import { unlocated } from '../diagnostics/span.ts';
import { baseline } from '../../runtime/migrations/baseline.ts';
import { describeDifference } from '../../runtime/migrations/catalogue/describe-difference.ts';
import { describeEvent } from '../../runtime/migrations/describe-event.ts';
import { refusal } from './command-result.ts';
import type { CommandResult } from './command-result.ts';
import { refuseDrafts } from './refuse-drafts.ts';
import { listRoles, referenceCatalogue } from './reference-catalogue.ts';
import { withBackend } from './with-backend.ts';

/** Notes the migrations of a backend as done in a database whose tables are already what they make. */
export async function migrateBaseline(folder: string, tell: (line: string) => void): Promise<CommandResult> {
  return withBackend(folder, async (backend, database) => {
    const drafts = refuseDrafts(backend, folder);
    if (drafts.length > 0) return refusal(drafts);
    const { migrations, unmanaged } = backend;
    const wanted = await referenceCatalogue(migrations, await listRoles(database));
    const { differences, recorded, forgotten } = await baseline(database, migrations, wanted, {
      unmanaged,
      onEvent: (event) => tell(describeEvent(event)),
    });
    const lines = differences.map(describeDifference);
    return {
      diagnostics: lines.map((difference) =>
        createDiagnostic(unlocated(folder), 'baseline-differs', '', { difference }),
      ),
      sources: new Map(),
      text: recorded.map((id) => `${id}\n`).join(''),
      data: { recorded, forgotten, differences },
      summary: summarize(lines.length, recorded.length, forgotten.length),
    };
  });
}

function summarize(differences: number, recorded: number, forgotten: number): string {
  if (differences > 0) return `${differences} differ; nothing was recorded`;
  const rest = forgotten === 0 ? '' : `, forgot ${forgotten}`;
  return recorded === 0 && forgotten === 0 ? 'there is nothing to record' : `recorded ${recorded}${rest}`;
}
