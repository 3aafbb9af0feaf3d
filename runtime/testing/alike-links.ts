import type { FixtureValues } from './fixture-values.ts';
import type { FieldCase, JsonObject, ResourceCase } from './resource-case.ts';
import type { SeededRow } from './seeded-row.ts';

/** The rows that are there, and what may be in them. */
export interface Ground {
  readonly values: FixtureValues;
  seeded(resource: ResourceCase): readonly SeededRow[];
}

/**
 * For open links, what a row that another link leads to has in its own link to the same resource. Rules over other
 * rows often ask that both ways lead to one row: a task is of the project that its parent is of.
 */
export function alikeLinks(
  ground: Ground,
  resource: ResourceCase,
  values: JsonObject,
  open: readonly FieldCase[],
): JsonObject {
  if (resource.farRules === undefined) return {};
  const entries = open.flatMap((field) => {
    if (field.to === undefined) return [];
    const ids = resource.fields.flatMap((other) => (other === field ? [] : idsBehind(ground, other, values, field.to)));
    const id = ids.find((one) => one !== null && one !== values[field.key]);
    return id === undefined ? [] : [[field.key, id] as const];
  });
  return Object.fromEntries(entries);
}

/** The ids that the row at the end of a link has in its links to a resource. */
function idsBehind(ground: Ground, { key, to }: FieldCase, values: JsonObject, wanted: string | undefined) {
  if (to === undefined || values[key] === null) return [];
  const target = ground.values.resource(to);
  const row = ground.seeded(target).find(({ id }) => id === values[key]);
  return target.fields.flatMap((field) => (field.to === wanted ? [row?.values[field.key] ?? null] : []));
}
