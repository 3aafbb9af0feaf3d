import type { Entity } from '../app.ts';
import { type Check, entitiesInFileOrder, type EntityField, fieldPointer } from './check.ts';

/** A cycle of required links has no first row; each cycle is reported once, at one of its links. */
export const checkReferenceCycles: Check = (input) => {
  const links = requiredLinks(entitiesInFileOrder(input));
  const seen = new Set<string>();
  for (const link of links) {
    const cycle = shortestCycle(link, links);
    if (cycle === undefined || cycle.some((step) => seen.has(fieldPointer(step)))) continue;
    for (const step of cycle) seen.add(fieldPointer(step));
    const path = [...cycle.map((step) => `${step.entity.name}.${step.field.name}`), link.entity.name].join(' -> ');
    input.reporter.report(
      'required-cycle',
      fieldPointer(link),
      { path, isSelf: cycle.length === 1 },
      {
        at: 'key',
        related: cycle.slice(1).map((step) => ({
          pointer: fieldPointer(step),
          at: 'key' as const,
          message: `"${step.field.name}" requires the next row`,
        })),
      },
    );
  }
};

function requiredLinks(entities: readonly Entity[]): readonly EntityField[] {
  const all = entities.flatMap((entity) => entity.fields.map((field) => ({ entity, field })));
  return all.filter(({ field }) => field.reference !== undefined && !field.optional);
}

/** The links from the target of `first` back to its own entity, `first` in front. */
function shortestCycle(first: EntityField, links: readonly EntityField[]): readonly EntityField[] | undefined {
  const seen = new Set<string>();
  let paths: readonly (readonly EntityField[])[] = [[first]];
  while (paths.length > 0) {
    const closed = paths.find((path) => path.at(-1)?.field.reference?.entity === first.entity.name);
    if (closed !== undefined) return closed;
    const longer: (readonly EntityField[])[] = [];
    for (const path of paths) {
      const target = path.at(-1)?.field.reference?.entity ?? '';
      if (seen.has(target)) continue;
      seen.add(target);
      longer.push(...links.filter(({ entity }) => entity.name === target).map((link) => [...path, link]));
    }
    paths = longer;
  }
  return undefined;
}
