import { findSpelling } from '../../spec/shape/suggest-word.ts';
import type { EnumValues, Transition } from '../app.ts';
import { allFields, type Check, type CheckInput, type EntityField, fieldPointer } from './check.ts';
import { type DanglingValues, findDanglingValues } from './dangling-values.ts';
import { nameHint } from './name-hint.ts';
import { replaceNode } from './replace-node.ts';
import { relatedIdle } from './report-dangling.ts';

/** A state machine names only its own values, starts somewhere and always has a state. */
export const checkTransitions: Check = (input) => {
  for (const at of allFields(input.app)) {
    if (input.reporter.isFull()) return;
    const { transitions, initial = [] } = input.spec.entities[at.entity.name]?.fields[at.field.name] ?? {};
    if (at.field.enum === undefined) continue;
    const dangling = findDanglingValues(input, at);
    initial.forEach((value, index) =>
      checkValue(input, at, value, fieldPointer(at, 'initial', index), 'value', dangling),
    );
    if (transitions === undefined) {
      if (initial.length > 0) reportIdleInitial(input, at);
      continue;
    }
    for (const [from, targets] of Object.entries(transitions)) {
      checkValue(input, at, from, fieldPointer(at, 'transitions', from), 'key', dangling);
      targets.forEach((to, index) => {
        const where = fieldPointer(at, 'transitions', from, index);
        checkValue(input, at, to, where, 'value', dangling);
        if (to === from) input.reporter.report('self-transition', where, { value: to });
      });
    }
    checkStart(input, at);
    checkReachable(input, at, at.field.enum);
  }
};

function reportIdleInitial({ reporter }: CheckInput, at: EntityField): void {
  reporter.report('initial-without-transitions', fieldPointer(at, 'initial'), { field: at.field.name }, { at: 'key' });
}

function checkValue(
  { document, reporter }: CheckInput,
  { field }: EntityField,
  value: string,
  where: string,
  at: 'key' | 'value',
  dangling: DanglingValues | undefined,
): void {
  const culprit = dangling?.culprits.get(value);
  if (dangling === undefined || culprit?.kind !== 'use') return;
  const values = field.enum?.values ?? [];
  const closest = findSpelling(value, values);
  reporter.report(
    'unknown-state',
    where,
    { value, field: field.name, hint: nameHint(closest, 'write one of its values') },
    {
      at,
      allowed: values,
      related: relatedIdle(dangling.declarations, culprit),
      ...(closest !== undefined && { fix: replaceNode(document, where, closest, at) }),
    },
  );
}

function checkStart({ spec, reporter }: CheckInput, at: EntityField): void {
  const { optional, many, name } = at.field;
  const where = fieldPointer(at, 'transitions');
  if (many || optional) {
    const attribute = many ? 'many' : 'optional';
    reporter.report('stateless-transitions', fieldPointer(at, attribute), { field: name, attribute }, { at: 'key' });
  }
  const { default: fallback, initial } = spec.entities[at.entity.name]?.fields[name] ?? {};
  if (!many && fallback === undefined && initial === undefined) {
    reporter.report('transitions-without-default', where, { field: name }, { at: 'key' });
  }
}

/** Only where the machine itself is sound: else each unreachable value follows from another mistake. */
function checkReachable(
  { reporter }: CheckInput,
  at: EntityField,
  { values, transitions = [], initial = [] }: EnumValues,
): void {
  if (initial.length === 0 || !initial.every((value) => values.includes(value))) return;
  if (transitions.some(({ to }) => to.some((value) => !values.includes(value)))) return;
  const reached = reachableFrom(initial, transitions);
  values.forEach((value, index) => {
    if (!reached.has(value)) {
      reporter.report('unreachable-state', fieldPointer(at, 'values', index), { value, start: initial.join('", "') });
    }
  });
}

function reachableFrom(initial: readonly string[], transitions: readonly Transition[]): ReadonlySet<string> {
  const reached = new Set(initial);
  for (const value of reached) {
    for (const next of transitions.find(({ from }) => from === value)?.to ?? []) reached.add(next);
  }
  return reached;
}
