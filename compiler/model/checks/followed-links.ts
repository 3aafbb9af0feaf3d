import type { App, Entity } from '../app.ts';
import { findSpelling } from '../../spec/shape/suggest-word.ts';
import { linkStep, type LinkStep } from '../link-step.ts';
import { type Check, type CheckInput, entityPointer } from './check.ts';
import { nameHint } from './name-hint.ts';
import { replaceNode } from './replace-node.ts';

/** Why a step cannot be taken at its place of a path; finishes the sentence `"owner" ...`. */
type Refusal = (step: LinkStep, depth: number) => string | undefined;

/** What a list expands are links, to rows that callers may read anyway. */
export const checkExpand: Check = (input) => {
  for (const entity of input.app.entities) {
    for (const [index, path] of entity.list.expand.entries()) {
      const where = entityPointer(entity, 'list', 'expand', index);
      followLinks(input, entity, path, path.split('.').length, where, expandRefusal);
    }
  }
};

/**
 * The entity at the end of the first `count` names of a path.
 * Undefined where they lead nowhere: that is reported, here or by the check of what is broken.
 */
export function followLinks(
  input: CheckInput,
  entity: Entity,
  path: string,
  count: number,
  where: string,
  refusal: Refusal,
): Entity | undefined {
  let from = entity;
  for (const [depth, name] of path.split('.').slice(0, count).entries()) {
    const step = linkStep(input.app, from, name);
    if (step === undefined) {
      if (!isReportedElsewhere(input, from, name)) reportUnknown(input, from, path, depth, where, refusal);
      return undefined;
    }
    const reason = refusal(step, depth);
    if (reason !== undefined) {
      input.reporter.report('unfollowable-link', where, { path, name, reason });
      return undefined;
    }
    from = step.to;
  }
  return from;
}

function expandRefusal(step: LinkStep, depth: number): string | undefined {
  if (depth > 0 && step.kind === 'many') return 'is a list, and only the rows that are asked for show lists';
  return secretRefusal(step);
}

/** A filter goes along references, to rows that callers may read anyway. */
export function filterLinkRefusal(step: LinkStep): string | undefined {
  return step.kind === 'many' ? 'is a list, and a filter goes along references alone' : secretRefusal(step);
}

function secretRefusal({ field, to }: LinkStep): string | undefined {
  if (field.writeOnly) return 'is writeOnly, and this would give it away';
  return to.operations.includes('read') ? undefined : `leads to "${to.name}", which no grant allows to read`;
}

/** A field that is broken itself, or whose target is unknown. */
function isReportedElsewhere({ document }: CheckInput, entity: Entity, name: string): boolean {
  const isReference = entity.fields.some((field) => field.name === name && field.reference !== undefined);
  return isReference || document.isBroken(entityPointer(entity, 'fields', name));
}

function reportUnknown(
  { app, document, reporter }: CheckInput,
  from: Entity,
  path: string,
  depth: number,
  where: string,
  refusal: Refusal,
): void {
  const names = path.split('.');
  const name = names[depth] ?? '';
  const links = followable(app, from, depth, refusal);
  const byKey = from.fields.find((field) => field.reference !== undefined && field.key === name)?.name;
  const closest = byKey ?? findSpelling(name, links);
  const hint = nameHint(closest, 'write one of its links');
  const fix = closest !== undefined && { fix: replaceNode(document, where, names.with(depth, closest).join('.')) };
  const allowed = links.map((link) =>
    names
      .with(depth, link)
      .slice(0, depth + 1)
      .join('.'),
  );
  reporter.report('unknown-link', where, { name, entity: from.name, hint }, { allowed, ...fix });
}

function followable(app: App, from: Entity, depth: number, refusal: Refusal): readonly string[] {
  return [...from.fields, ...from.inverses].flatMap(({ name }) => {
    const step = linkStep(app, from, name);
    return step === undefined || refusal(step, depth) !== undefined ? [] : [name];
  });
}
