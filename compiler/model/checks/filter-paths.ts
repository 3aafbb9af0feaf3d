import type { Entity } from '../app.ts';
import { findSpelling } from '../../spec/shape/suggest-word.ts';
import { type Check, type CheckInput, entityPointer } from './check.ts';
import { filterRefusal } from './field-lists.ts';
import { filterLinkRefusal, followLinks } from './followed-links.ts';
import { nameHint } from './name-hint.ts';
import { replaceNode } from './replace-node.ts';
import { SYSTEM_TIMES } from './system-fields.ts';

/** A filter over references ends at a field of the last entity that could be filtered by there. */
export const checkFilterPaths: Check = (input) => {
  for (const entity of input.app.entities) {
    const filters = input.spec.entities[entity.name]?.list?.filter ?? [];
    for (const [index, path] of filters.entries()) {
      if (path.includes('.')) checkPath(input, entity, path, entityPointer(entity, 'list', 'filter', index));
    }
  }
};

function checkPath(input: CheckInput, entity: Entity, path: string, where: string): void {
  const names = path.split('.');
  const target = followLinks(input, entity, path, names.length - 1, where, filterLinkRefusal);
  const name = names.at(-1) ?? '';
  if (target === undefined || SYSTEM_TIMES.includes(name)) return;
  if (input.document.isBroken(entityPointer(target, 'fields', name))) return;
  const field = target.fields.find((candidate) => candidate.name === name);
  if (field === undefined) return reportUnknown(input, target, names, where);
  const reason = filterRefusal(field);
  if (reason === undefined) return;
  input.reporter.report(
    'unlistable-field',
    where,
    { field: name, reason, list: 'list' },
    { allowed: offered(target, names) },
  );
}

function reportUnknown(
  { document, reporter }: CheckInput,
  target: Entity,
  names: readonly string[],
  where: string,
): void {
  const name = names.at(-1) ?? '';
  const byKey = target.fields.find((field) => field.reference !== undefined && field.key === name)?.name;
  const own = target.fields.filter((field) => filterRefusal(field) === undefined).map((field) => field.name);
  const closest = byKey ?? findSpelling(name, [...own, ...SYSTEM_TIMES]);
  const fix = closest !== undefined && {
    fix: replaceNode(document, where, [...names.slice(0, -1), closest].join('.')),
  };
  const params = { name, entity: target.name, hint: nameHint(closest, 'write one of its fields') };
  reporter.report('unknown-field', where, params, { allowed: offered(target, names), ...fix });
}

function offered(target: Entity, names: readonly string[]): readonly string[] {
  const own = target.fields.filter((field) => filterRefusal(field) === undefined).map((field) => field.name);
  return [...own, ...SYSTEM_TIMES].map((name) => [...names.slice(0, -1), name].join('.'));
}
