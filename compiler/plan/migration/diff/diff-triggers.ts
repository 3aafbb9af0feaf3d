import { byName } from '../../database/canonical-schema.ts';
import type { DatabaseSchema, Trigger, TriggerEvent } from '../../database/database-schema.ts';
import { find } from '../named-list.ts';
import { sameValue } from '../same-value.ts';
import { isComputedAnew } from './computed-anew.ts';
import { readsRenamed } from './late-functions.ts';
import type { Draft } from './draft.ts';
import type { Phase } from './phase.ts';
import { sameObject } from './same-object.ts';
import { isTriggerSuspended } from './suspended.ts';
import type { Comparison, TablePair } from './table-pair.ts';

/** Triggers that come, go and change. */
export function diffTriggers(comparison: Comparison, pair: TablePair, draft: Draft): void {
  const { old, next } = pair;
  const table = next.name;
  for (const trigger of byName(old.triggers)) changeTrigger(comparison, pair, trigger, draft);
  for (const trigger of byName(next.triggers)) {
    if (find(old.triggers, trigger.name) !== undefined) continue;
    draft.add(standingPhase(comparison, trigger), { kind: 'createTrigger', table, trigger });
  }
}

function changeTrigger(comparison: Comparison, pair: TablePair, trigger: Trigger, draft: Draft): void {
  const { next, gone } = pair;
  const table = next.name;
  const { name } = trigger;
  const other = find(next.triggers, name);
  const isSame = other !== undefined && sameObject(trigger, other);
  const isSuspended = isTriggerSuspended(pair, trigger);
  if (isSame && !isSuspended && !isComputedAnew(comparison, next, trigger)) return;
  const phase = other === undefined ? goingPhase(comparison, trigger) : standingPhase(comparison, other, trigger);
  draft.add(isSuspended ? 'suspend' : phase, { kind: 'dropTrigger', table, name });
  if (other !== undefined) {
    draft.add(isSuspended ? 'resume' : phase, { kind: 'createTrigger', table, trigger: other });
  }
  const columns = trigger.events.flatMap((event) => event.columns ?? []);
  const isOfGone = columns.length > 0 && columns.every((column) => gone.has(column));
  if (isSame || isOfGone) return;
  const isRuleLost = other === undefined && mayRefuse(comparison.from, trigger);
  draft.warn({ kind: isRuleLost ? 'INTEGRITY_LOOSENED' : 'BEHAVIOUR_CHANGE', object: name });
}

/** What a trigger reads or writes may have another name while rows are filled; a check that goes is asked of none of them. */
function goingPhase(comparison: Comparison, { function: name, deferrable }: Trigger): Phase {
  const { from, intents } = comparison;
  const old = find(from.functions, name);
  const isBroken = (intents.leaving ?? []).length > 0 || (old !== undefined && readsRenamed(comparison, old));
  if (isBroken) return 'release';
  return deferrable === undefined ? 'triggers' : 'resume';
}

/**
 * What refuses nothing stands before rows are filled, so that none is written past it meanwhile; what is asked of fewer
 * rows too, so that none is refused for what will no longer be asked of it.
 */
function standingPhase({ to }: Comparison, next: Trigger, old?: Trigger): Phase {
  if (old !== undefined && isNarrower(next, old)) return 'resume';
  return mayRefuse(to, next) ? 'triggers' : 'resume';
}

/** Whether a check over other rows differs only in that it is asked at fewer events. */
export function isNarrower(next: Trigger, old: Trigger): boolean {
  const isSame = sameValue({ ...next, events: [] }, { ...old, events: [] });
  return isSame && next.deferrable !== undefined && next.events.every((event) => isWithin(event, old));
}

function isWithin({ on, columns }: TriggerEvent, { events }: Trigger): boolean {
  const wider = events.find((event) => event.on === on);
  if (wider === undefined || wider.columns === undefined) return wider !== undefined;
  return columns !== undefined && columns.every((name) => wider.columns?.includes(name));
}

/** Whether it holds a rule: it raises an error, or is a constraint. */
function mayRefuse({ functions }: DatabaseSchema, { deferrable, function: name }: Trigger): boolean {
  const body = find(functions, name)?.body ?? [];
  return deferrable !== undefined || body.some((line) => /\braise\b/i.test(line));
}
