import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { pointer } from '../../../diagnostics/json-pointer.ts';
import { createReporter } from '../../../diagnostics/reporter.ts';
import type { Located } from '../../../diagnostics/span.ts';
import type { App } from '../../../model/app.ts';
import { ID_KINDS, idTypes } from '../../../model/id-types.ts';
import { find } from '../named-list.ts';
import type { Lineage } from './lineage.ts';

/** Entities whose rows would need other ids: each row is known by its own. */
export function reportIdKinds(app: App, { formerTable }: Lineage, document: Located): readonly Diagnostic[] {
  const reporter = createReporter(document);
  for (const entity of app.entities) {
    const stored = find(formerTable(entity.names.table)?.columns ?? [], 'id')?.type.name;
    const from = ID_KINDS.find((kind) => idTypes[kind].postgres === stored);
    const to = entity.id ?? 'uuid';
    if (from === undefined || from === to) continue;
    const isWritten = entity.id !== undefined;
    const at = pointer('entities', entity.name, ...(isWritten ? ['id'] : []));
    reporter.report('id-kind-changed', at, { subject: entity.name, from, to }, { at: isWritten ? 'value' : 'key' });
  }
  return reporter.diagnostics();
}

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
