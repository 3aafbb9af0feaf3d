import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { DiagnosticName } from '../diagnostics/catalogue.ts';
import { createDiagnostic } from '../diagnostics/reporter.ts';
import { unlocated } from '../diagnostics/span.ts';
import type { Refusal, RefusalReason } from './plan-writes.ts';

const NAMES = {
  edited: 'edited-output',
  unlisted: 'unlisted-output',
  symlink: 'linked-output',
  'not-a-file': 'blocked-output',
  'missing-migration': 'missing-migration-file',
  'unlisted-migration': 'unlisted-migration-file',
} as const satisfies { readonly [Reason in RefusalReason]: DiagnosticName };

/** One diagnostic a refusal, each at its own file; `folder` is the output's name as the user knows it. */
export function reportRefusals(refusals: readonly Refusal[], folder: string): readonly Diagnostic[] {
  return refusals.map(({ path, reason }) =>
    createDiagnostic(unlocated(folder === '' ? path : `${folder}/${path}`), NAMES[reason], '', { path }),
  );
}
