import { byName } from '../../database/canonical-schema.ts';
import { find } from '../named-list.ts';
import type { Draft } from './draft.ts';
import { sameObject } from './same-object.ts';
import { isTriggerSuspended } from './suspended.ts';
import type { TablePair } from './table-pair.ts';

/** Triggers that come, go and change. */
export function diffTriggers(pair: TablePair, draft: Draft): void {
  const { old, next, gone } = pair;
  const table = next.name;
  for (const trigger of byName(old.triggers)) {
    const { name } = trigger;
    const other = find(next.triggers, name);
    const isSame = other !== undefined && sameObject(trigger, other);
    const isSuspended = isTriggerSuspended(pair, trigger);
    if (isSame && !isSuspended) continue;
    draft.add(isSuspended ? 'suspend' : 'triggers', { kind: 'dropTrigger', table, name });
    if (other !== undefined)
      draft.add(isSuspended ? 'resume' : 'triggers', { kind: 'createTrigger', table, trigger: other });
    const columns = trigger.events.flatMap((event) => event.columns ?? []);
    const isOfGone = columns.length > 0 && columns.every((column) => gone.has(column));
    if (!isSame && !isOfGone) draft.warn({ kind: 'BEHAVIOUR_CHANGE', object: name });
  }
  for (const trigger of byName(next.triggers)) {
    if (find(old.triggers, trigger.name) === undefined)
      draft.add('triggers', { kind: 'createTrigger', table, trigger });
  }
}
