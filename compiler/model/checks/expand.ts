import { findSpelling } from '../../spec/shape/suggest-word.ts';
import type { App, Entity } from '../app.ts';
import { linkStep, type LinkStep } from '../link-step.ts';
import { type Check, type CheckInput, entityPointer } from './check.ts';
import { nameHint } from './name-hint.ts';
import { replaceNode } from './replace-node.ts';

/** What a list expands are links, to rows that callers may read anyway. */
export const checkExpand: Check = (input) => {
  for (const entity of input.app.entities) {
    for (const [index, path] of entity.list.expand.entries()) {
      checkPath(input, entity, path, entityPointer(entity, 'list', 'expand', index));
    }
  }
};

function checkPath(input: CheckInput, entity: Entity, path: string, where: string): void {
  const { app, reporter } = input;
  const names = path.split('.');
  let from = entity;
  for (const [depth, name] of names.entries()) {
    const step = linkStep(app, from, name);
    if (step === undefined && isReportedElsewhere(input, from, name)) return;
    if (step === undefined) return reportUnknown(input, from, names, depth, where);
    const reason = refusal(step, depth);
    if (reason !== undefined) return reporter.report('unexpandable-link', where, { path, name, reason });
    from = step.to;
  }
}

/** A field that is broken itself, or whose target is unknown. */
function isReportedElsewhere({ document }: CheckInput, { fields, ...from }: Entity, name: string): boolean {
  const isReference = fields.some((field) => field.name === name && field.reference !== undefined);
  return isReference || document.isBroken(entityPointer({ fields, ...from }, 'fields', name));
}

function refusal({ kind, field, to }: LinkStep, depth: number): string | undefined {
  if (depth > 0 && kind === 'many') return 'is a list, and only the rows that are asked for show lists';
  if (field.writeOnly) return 'is writeOnly, and an answer would give it away';
  if (to.operations.includes('read')) return undefined;
  return `leads to "${to.name}", which no grant allows to read`;
}

function reportUnknown(
  { app, document, reporter }: CheckInput,
  from: Entity,
  names: readonly string[],
  depth: number,
  where: string,
): void {
  const name = names[depth] ?? '';
  const links = expandable(app, from, depth);
  const byKey = from.fields.find((field) => field.reference !== undefined && field.key === name)?.name;
  const closest = byKey ?? findSpelling(name, links);
  const allowed = links.map((link) =>
    names
      .with(depth, link)
      .slice(0, depth + 1)
      .join('.'),
  );
  reporter.report(
    'unknown-link',
    where,
    { name, entity: from.name, hint: nameHint(closest, 'write one of its links') },
    {
      allowed,
      ...(closest !== undefined && { fix: replaceNode(document, where, names.with(depth, closest).join('.')) }),
    },
  );
}

function expandable(app: App, from: Entity, depth: number): readonly string[] {
  return [...from.fields, ...from.inverses].flatMap(({ name }) => {
    const step = linkStep(app, from, name);
    return step === undefined || refusal(step, depth) !== undefined ? [] : [name];
  });
}
