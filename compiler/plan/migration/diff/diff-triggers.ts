import { byName } from '../../database/canonical-schema.ts';
import type { DatabaseSchema, Trigger } from '../../database/database-schema.ts';
import { find } from '../named-list.ts';
import type { Draft } from './draft.ts';
import type { Phase } from './phase.ts';
import { sameObject } from './same-object.ts';
import { isTriggerSuspended } from './suspended.ts';
import type { Comparison, TablePair } from './table-pair.ts';

/** Triggers that come, go and change. */
export function diffTriggers(comparison: Comparison, pair: TablePair, draft: Draft): void {
  const { old, next, gone } = pair;
  const table = next.name;
  for (const trigger of byName(old.triggers)) {
    const { name } = trigger;
    const other = find(next.triggers, name);
    const isSame = other !== undefined && sameObject(trigger, other);
    const isSuspended = isTriggerSuspended(pair, trigger);
    if (isSame && !isSuspended) continue;
    draft.add(isSuspended ? 'suspend' : dropPhase(comparison, other), { kind: 'dropTrigger', table, name });
    if (other !== undefined)
      draft.add(isSuspended ? 'resume' : 'triggers', { kind: 'createTrigger', table, trigger: other });
    const columns = trigger.events.flatMap((event) => event.columns ?? []);
    const isOfGone = columns.length > 0 && columns.every((column) => gone.has(column));
    if (isSame || isOfGone) continue;
    const isRuleLost = other === undefined && mayRefuse(comparison.from, trigger);
    draft.warn({ kind: isRuleLost ? 'INTEGRITY_LOOSENED' : 'BEHAVIOUR_CHANGE', object: name });
  }
  for (const trigger of byName(next.triggers))
    if (find(old.triggers, trigger.name) === undefined) addTrigger(comparison, table, trigger, draft);
}

/** A table that a trigger writes may have another name while the others go. */
function dropPhase({ intents }: Comparison, next: Trigger | undefined): Phase {
  return next === undefined && (intents.leaving ?? []).length > 0 ? 'release' : 'triggers';
}

/** What refuses nothing stands before rows are filled, so that none is written past it meanwhile. */
function addTrigger({ to }: Comparison, table: string, trigger: Trigger, draft: Draft): void {
  const isEarly = !mayRefuse(to, trigger);
  draft.add(isEarly ? 'resume' : 'triggers', { kind: 'createTrigger', table, trigger });
}

/** Whether it holds a rule: it raises an error, or is a constraint. */
function mayRefuse({ functions }: DatabaseSchema, { deferrable, function: name }: Trigger): boolean {
  const body = find(functions, name)?.body ?? [];
  return deferrable !== undefined || body.some((line) => /\braise\b/i.test(line));
}
