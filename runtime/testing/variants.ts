import { candidates } from './candidates.ts';
import type { FieldCase, JsonObject, ResourceCase } from './resource-case.ts';
import { breaksCheck } from './row-checks.ts';

/** Rows that are tried where a rule over other rows refuses the first. */
const MOST_VARIANTS = 40;

/** The values, then others of the open fields that nothing tells apart, as long as the row's own checks hold. */
export function* variants(
  resource: ResourceCase,
  values: JsonObject,
  open: readonly FieldCase[],
): Generator<JsonObject> {
  yield values;
  if (resource.farRules === undefined) return;
  const fixed = new Set([
    ...[...resource.uniques, ...(resource.partialUniques ?? [])].flat(),
    ...(resource.noOverlaps ?? []).flatMap(({ keys }) => keys),
    ...Object.keys(resource.transitions),
  ]);
  const free = open.filter(({ key, computed, to }) => !computed && to === undefined && !fixed.has(key));
  for (let turn = 0; turn < MOST_VARIANTS; turn += 1) {
    const chosen = free.map((field, place) => {
      const list = candidates(resource, field, values, 0);
      return [field.key, list[(turn * (place + 1) + (turn >> 3)) % list.length] ?? null] as const;
    });
    const row = { ...values, ...Object.fromEntries(chosen) };
    if (!breaksCheck(resource, row)) yield row;
  }
}
