import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../runtime/environment/make-folder.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../diagnostics/reporter.ts';
import { unlocated } from '../diagnostics/span.ts';
import { refusal } from './command-result.ts';
import type { CommandResult } from './command-result.ts';
import { openBackend } from './open-backend.ts';
import { EXPORTED, supabaseFiles } from './supabase-files.ts';

export interface ExportOptions {
  /** The compiled backend. */
  readonly out: string;
  /** `supabase/migrations`. */
  readonly supabase: string;
  /** Version that those of all files are above: digits. */
  readonly after?: string;
}

/** Writes the migrations of a backend as files of Supabase's own tool: all, or none where one cannot run there. */
export async function migrateExport({ out, supabase, after = '0' }: ExportOptions): Promise<CommandResult> {
  const backend = openBackend(out);
  if ('diagnostics' in backend) return refusal(backend.diagnostics);
  const { migrations, drafts } = backend;
  const { files, refused } = supabaseFiles(migrations, BigInt(after));
  const diagnostics = [
    ...drafts.map((id) => createDiagnostic(unlocated(out), 'draft-not-applied', '', { id })),
    ...refused.map((step) =>
      createDiagnostic(unlocated(join(out, 'migrations', `${step.id}.sql`)), 'export-refused', '', step),
    ),
    ...judgeFolder(supabase, files),
  ];
  if (diagnostics.length > 0) return refusal(diagnostics);
  makeFolder(supabase);
  const written = [...files.keys()].filter((name) => !existsSync(join(supabase, name)));
  for (const name of written) writeFileSync(join(supabase, name), files.get(name) ?? '');
  return {
    diagnostics: [],
    sources: new Map(),
    text: written.map((name) => `${name}\n`).join(''),
    data: { written },
    summary: written.length === 0 ? `${supabase} is up to date` : `wrote ${written.length} files to ${supabase}`,
  };
}

/** An exported file may have been run: it is neither changed nor taken away. */
function judgeFolder(folder: string, files: ReadonlyMap<string, string>): readonly Diagnostic[] {
  if (!existsSync(folder)) return [];
  const exported = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n') }))
    .filter(({ name, text }) => text.startsWith(EXPORTED) || files.has(name));
  return exported
    .filter(({ name, text }) => files.get(name) !== text)
    .map(({ name }) => createDiagnostic(unlocated(join(folder, name)), 'export-stale', '', { file: name }));
}
