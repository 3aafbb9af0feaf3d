import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../diagnostics/reporter.ts';
import { unlocated } from '../diagnostics/span.ts';
import type { Backend } from './open-backend.ts';

/** Drafts are for the embedded database and for tests: a build may replace them, and then no other could be migrated again. */
export function refuseDrafts(backend: Backend, folder: string): readonly Diagnostic[] {
  const { drafts, environment, isEmbedded } = backend;
  if (isEmbedded || environment.APP_ENV === 'test') return [];
  return drafts.map((id) => createDiagnostic(unlocated(folder), 'draft-not-applied', '', { id }));
}
