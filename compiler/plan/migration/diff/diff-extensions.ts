import { byName } from '../../database/canonical-schema.ts';
import type { Consent } from '../intent/consent.ts';
import { find } from '../named-list.ts';
import type { Draft } from './draft.ts';
import type { Comparison } from './table-pair.ts';

/** Extensions that come before everything and go after everything. */
export function diffExtensions({ from, to }: Comparison, draft: Draft): void {
  for (const extension of byName(to.extensions)) {
    if (find(from.extensions, extension.name) === undefined)
      draft.add('prepare', { kind: 'createExtension', extension });
  }
  for (const { name } of byName(from.extensions)) {
    if (find(to.extensions, name) !== undefined) continue;
    const consents: readonly Consent[] = [{ kind: 'dropExtension', name }];
    draft.add('finish', { kind: 'dropExtension', name });
    // What uses it outside this schema is not known here.
    draft.warn({ kind: 'UNTRACKED_DEPENDENCIES', object: name, consents });
  }
}
