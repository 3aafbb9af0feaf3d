import { byName } from '../../database/canonical-schema.ts';
import type { Consent } from '../intent/consent.ts';
import { find } from '../named-list.ts';
import type { Operation } from '../operations.ts';
import type { Draft } from './draft.ts';
import { sameObject } from './same-object.ts';
import { isPolicySuspended } from './suspended.ts';
import type { Comparison, TablePair } from './table-pair.ts';

/** Row security and its policies: whoever may see which rows changes in one transaction. */
export function diffSecurity(comparison: Comparison, pair: TablePair, draft: Draft): void {
  const { old, next } = pair;
  const table = next.name;
  let isChanged = old.rowSecurity !== next.rowSecurity;
  for (const policy of byName(old.policies)) {
    const other = find(next.policies, policy.name);
    const isSame = other !== undefined && sameObject(policy, other);
    const isSuspended = isPolicySuspended(comparison, pair, policy);
    if (isSame && !isSuspended) continue;
    draft.add(isSuspended ? 'suspend' : 'security', { kind: 'dropPolicy', table, name: policy.name });
    if (other !== undefined) {
      draft.add(isSuspended ? 'guard' : 'security', { kind: 'createPolicy', table, policy: other });
    }
    isChanged = isChanged || !isSame;
  }
  for (const policy of byName(next.policies)) {
    if (find(old.policies, policy.name) !== undefined) continue;
    draft.add('security', { kind: 'createPolicy', table, policy });
    isChanged = true;
  }
  if (old.rowSecurity !== next.rowSecurity) draft.add('security', rowSecurity(table, next.rowSecurity));
  const consents: readonly Consent[] = [{ kind: 'changeAccess', table }];
  if (isChanged) draft.warn({ kind: 'AUTHZ_CHANGE', object: table, consents });
}

/** Turns row security on, off or up. */
export function rowSecurity(table: string, level: 'enabled' | 'forced' | undefined): Operation {
  return { kind: 'setRowSecurity', table, ...(level === undefined ? {} : { rowSecurity: level }) };
}
