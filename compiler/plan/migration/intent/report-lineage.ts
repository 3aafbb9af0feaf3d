import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { pointer } from '../../../diagnostics/json-pointer.ts';
import { createReporter } from '../../../diagnostics/reporter.ts';
import type { Located } from '../../../diagnostics/span.ts';
import type { Lineage } from './lineage.ts';

/** Former names of entities that contradict each other or the spec: whose rows are whose is not known then. */
export function reportLineage({ contradictions }: Lineage, document: Located): readonly Diagnostic[] {
  const reporter = createReporter(document);
  for (const contradiction of contradictions) {
    const { name: was, to: subject } = contradiction.rename;
    const at = pointer('entities', subject, 'was');
    if (contradiction.kind === 'renameSourcePresent') reporter.report('rename-source-present', at, { subject, was });
    else reporter.report('rename-claimed-twice', at, { subject, was, other: contradiction.other.to });
  }
  return reporter.diagnostics();
}
