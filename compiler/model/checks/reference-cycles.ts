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

/** Required links, less those that lead to an entity from which no further one leads: none of these is in a circle. */
function requiredLinks(entities: readonly Entity[]): readonly EntityField[] {
  const all = entities.flatMap((entity) => entity.fields.map((field) => ({ entity, field })));
  const links = all.filter(({ field }) => field.reference !== undefined && !field.optional);
  const incoming = Map.groupBy(links, targetOf);
  const outgoing = new Map(entities.map(({ name }) => [name, 0]));
  for (const { entity } of links) outgoing.set(entity.name, (outgoing.get(entity.name) ?? 0) + 1);
  const ends = [...outgoing].filter(([, count]) => count === 0).map(([name]) => name);
  for (const end of ends) {
    for (const { entity } of incoming.get(end) ?? []) {
      const left = (outgoing.get(entity.name) ?? 0) - 1;
      outgoing.set(entity.name, left);
      if (left === 0) ends.push(entity.name);
    }
  }
  const dead = new Set(ends);
  return links.filter((link) => !dead.has(targetOf(link)));
}

function targetOf({ field }: EntityField): string {
  return field.reference?.entity ?? '';
}

/** The links from the target of `first` back to its own entity, `first` in front. */
function shortestCycle(first: EntityField, links: readonly EntityField[]): readonly EntityField[] | undefined {
  const arrivedBy = new Map([[targetOf(first), first]]);
  for (const [name] of arrivedBy) {
    if (name === first.entity.name) return trace(first, arrivedBy);
    for (const link of links.filter(({ entity }) => entity.name === name)) {
      if (!arrivedBy.has(targetOf(link))) arrivedBy.set(targetOf(link), link);
    }
  }
  return undefined;
}

/** The way back from the end of a circle to its first link. */
function trace(first: EntityField, arrivedBy: ReadonlyMap<string, EntityField>): readonly EntityField[] {
  const steps: EntityField[] = [];
  let step = arrivedBy.get(first.entity.name);
  while (step !== undefined && step !== first) {
    steps.unshift(step);
    step = arrivedBy.get(step.entity.name);
  }
  return [first, ...steps];
}
