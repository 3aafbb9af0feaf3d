import { assume } from '../assume.ts';
import { ownValue, reachable, uniquesOf } from './fixture-values.ts';
import type { FieldCase, Json, JsonObject, ResourceCase, RowPredicate } from './resource-case.ts';

/** Whether a row with these values meets a condition. */
export function meetsCondition(predicate: RowPredicate, values: JsonObject): boolean {
  // A row that is not there yet has an id that no other has, and is made now.
  const now = new Date().toISOString();
  // A predicate reads fields of its own resource, and the values are of that resource.
  return predicate(assume<never>({ id: '', createdAt: now, updatedAt: now, ...values }));
}

/** Code of a check that a row with these values breaks, each with the place of its error. */
export function brokenChecks({ checks = [] }: ResourceCase, values: JsonObject): Readonly<Record<string, string>> {
  const broken = checks.filter(({ holds }) => !meetsCondition(holds, values)).slice(0, 1);
  return Object.fromEntries(broken.flatMap(({ name, keys }) => keys.map((key) => [`/${key}`, name])));
}

/** Whether a row with these values breaks a check. */
export function breaksCheck({ checks = [] }: ResourceCase, values: JsonObject): boolean {
  return checks.some(({ holds }) => !meetsCondition(holds, values));
}

/** Whether a row with these values is frozen. */
export function isFrozen({ frozen }: ResourceCase, values: JsonObject): boolean {
  return frozen !== undefined && meetsCondition(frozen, values);
}

/** Most combinations of values that are tried. */
const MOST_TRIES = 20_000;

/**
 * The values, some of them replaced so that the row meets its checks and is not frozen, if that can be.
 * Only values of `open` fields are replaced.
 */
export function fitToChecks(
  resource: ResourceCase,
  values: JsonObject,
  open: readonly FieldCase[],
  index: number,
): JsonObject {
  const { checks = [], frozen } = resource;
  if (checks.length === 0 && frozen === undefined) return values;
  const isSound = (row: JsonObject): boolean => !breaksCheck(resource, row);
  const isBest = (row: JsonObject): boolean => isSound(row) && !isFrozen(resource, row);
  if (isBest(values)) return values;
  const fit = (accepts: (row: JsonObject) => boolean): JsonObject | undefined =>
    search(resource, values, open, index, accepts, distinctCandidates) ??
    search(resource, values, open, index, accepts, candidates);
  return fit(isBest) ?? (isSound(values) ? values : (fit(isSound) ?? values));
}

/** Values to try for a field, the present one first. */
type Candidates = (resource: ResourceCase, field: FieldCase, present: Json, index: number) => readonly Json[];

function search(
  resource: ResourceCase,
  values: JsonObject,
  open: readonly FieldCase[],
  index: number,
  accepts: (row: JsonObject) => boolean,
  candidatesOf: Candidates,
): JsonObject | undefined {
  const keys = new Set(resource.checks?.flatMap((check) => check.keys));
  const ranges = new Set(resource.noOverlaps?.flatMap(({ from, to }) => [from, to]));
  const tried = open.filter(({ key, computed, to }) => computed !== true && to === undefined && !ranges.has(key));
  // What checks read is turned first: of all fields together there may be more combinations than are tried.
  const read = [
    ...tried.filter(({ key }) => keys.has(key)),
    ...tried.filter(({ key }) => !keys.has(key) && resource.frozen !== undefined),
  ];
  const choices = read.map((field) => candidatesOf(resource, field, values[field.key] ?? null, index));
  const total = Math.min(
    MOST_TRIES,
    choices.reduce((product, list) => product * list.length, 1),
  );
  for (let turn = 0; turn < total; turn += 1) {
    let rest = turn;
    const chosen = read.map(({ key }, place) => {
      const list = choices[place] ?? [];
      const value = list[rest % list.length] ?? null;
      rest = Math.floor(rest / list.length);
      return [key, value] as const;
    });
    const row = { ...values, ...Object.fromEntries(chosen) };
    if (accepts(row)) return row;
  }
  return undefined;
}

/** For what is unique only what rows of other indexes do not have. */
function distinctCandidates(resource: ResourceCase, field: FieldCase, present: Json, index: number): readonly Json[] {
  if (!uniquesOf(resource).some((keys) => keys.includes(field.key))) return candidates(resource, field, present, index);
  return [...new Set([present, ownValue(resource, field, index), ...(field.optional && !field.many ? [null] : [])])];
}

/** The present value first; the rest of them in an order that the row's index decides. */
function candidates(resource: ResourceCase, field: FieldCase, present: Json, index: number): readonly Json[] {
  const machine = resource.transitions[field.key];
  const known = machine === undefined ? [...(field.enum ?? field.values), ...(field.edges ?? [])] : reachable(machine);
  const turned = [...known.slice(index % known.length), ...known.slice(0, index % known.length)];
  return [...new Set([present, ...turned, ...(field.optional && !field.many ? [null] : [])])];
}

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
      const list = candidates(resource, field, values[field.key] ?? null, 0);
      return [field.key, list[(turn * (place + 1) + (turn >> 3)) % list.length] ?? null] as const;
    });
    const row = { ...values, ...Object.fromEntries(chosen) };
    if (!breaksCheck(resource, row)) yield row;
  }
}
