import { fitToChecks } from './fit-row.ts';
import { pathTo } from './fixture-values.ts';
import type { FieldCase, Json, JsonObject, ResourceCase } from './resource-case.ts';
import { breaksCheck } from './row-checks.ts';

/** A row starts in an initial state, whatever state it is to be in. */
export function startOf({ transitions }: ResourceCase, { key }: FieldCase, value: Json): Json {
  const machine = transitions[key];
  return machine === undefined || value === null ? value : (pathTo(machine, String(value))[0] ?? null);
}

/** The changes that bring a new row to its states. */
function stepsOf({ transitions, fields }: ResourceCase, values: JsonObject): readonly (readonly [FieldCase, Json])[] {
  return fields.flatMap((field) => {
    const machine = transitions[field.key];
    const state = values[field.key] ?? null;
    if (machine === undefined || state === null) return [];
    return pathTo(machine, String(state))
      .slice(1)
      .map((step) => [field, step] as const);
  });
}

/** A row in each of the states that bring it to its own, which is the last; until then other fields are as checks ask for. */
export function onTheWay(resource: ResourceCase, values: JsonObject, index: number): readonly JsonObject[] {
  const { transitions, fields } = resource;
  const starts = fields
    .filter(({ key }) => Object.hasOwn(transitions, key))
    .map((field) => [field.key, startOf(resource, field, values[field.key] ?? null)] as const);
  const rows: JsonObject[] = [{ ...values, ...Object.fromEntries(starts) }];
  for (const [{ key }, state] of stepsOf(resource, values)) rows.push({ ...rows.at(-1), [key]: state });
  const open = fields.filter(({ key, immutable }) => immutable !== true && !Object.hasOwn(transitions, key));
  return rows.map((row, place) => {
    if (place === rows.length - 1) return values;
    return breaksCheck(resource, row) ? fitToChecks(resource, row, open, index) : row;
  });
}
