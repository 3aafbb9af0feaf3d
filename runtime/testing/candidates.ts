import { aimedValues, compareAimed, turned } from './aims.ts';
import { ownValue, reachable, uniquesOf } from './fixture-values.ts';
import type { FieldCase, Json, JsonObject, ResourceCase } from './resource-case.ts';

/** Values to try for a field of a row, the present one first. */
export type Candidates = (resource: ResourceCase, field: FieldCase, row: JsonObject, index: number) => readonly Json[];

/** The present value first; the rest of them in an order that the row's index decides. */
export function candidates(resource: ResourceCase, field: FieldCase, row: JsonObject, index: number): readonly Json[] {
  const present = row[field.key] ?? null;
  const aimed = aimedValues(resource, field, row, index);
  const range = resource.noOverlaps?.find(({ from, to }) => [from, to].includes(field.key));
  // A shorter range overlaps no other.
  if (range !== undefined) return [present, ...aimed.filter((value) => isWithin(row, field, value, range))];
  const machine = resource.transitions[field.key];
  const known = machine === undefined ? [...(field.enum ?? field.values), ...(field.edges ?? [])] : reachable(machine);
  return [...new Set([present, ...turned(known, index), ...aimed, ...nullFor(field)])];
}

/** For what is unique only what rows of other indexes do not have. */
export function distinctCandidates(
  resource: ResourceCase,
  field: FieldCase,
  row: JsonObject,
  index: number,
): readonly Json[] {
  if (!uniquesOf(resource).some((keys) => keys.includes(field.key)) || isRangeEnd(resource, field))
    return candidates(resource, field, row, index);
  const all = aimedValues(resource, field, row, index);
  // What is worked out from the rest of a row is another value in each, constants are the same for all.
  const aimed = resource.aims?.some(({ key, at }) => key === field.key && at !== undefined) ? all : all.slice(0, 1);
  return [...new Set([row[field.key] ?? null, ownValue(resource, field, index), ...aimed, ...nullFor(field)])];
}

function nullFor({ optional, many }: FieldCase): readonly Json[] {
  return optional && !many ? [null] : [];
}

function isRangeEnd({ noOverlaps = [] }: ResourceCase, { key }: FieldCase): boolean {
  return noOverlaps.some(({ from, to }) => from === key || to === key);
}

/** Whether the range with this end lies within the present one. */
function isWithin(
  row: JsonObject,
  { type }: FieldCase,
  value: Json,
  { from, to }: { readonly from: string; readonly to: string },
): boolean {
  const [start, end] = [from, to].map((key) => compareAimed(type, value, row[key] ?? null));
  return start !== undefined && end !== undefined && start >= 0 && end <= 0;
}
