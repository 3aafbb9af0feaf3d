import { pathTo } from './fixture-values.ts';
import type { FieldCase, Json, JsonObject, ResourceCase } from './resource-case.ts';

/** A row starts in an initial state, whatever state it is to be in. */
export function startOf({ transitions }: ResourceCase, { key }: FieldCase, value: Json): Json {
  const machine = transitions[key];
  return machine === undefined || value === null ? value : (pathTo(machine, String(value))[0] ?? null);
}

/** The changes that bring a new row to its states. */
export function stepsOf(
  { transitions, fields }: ResourceCase,
  values: JsonObject,
): readonly (readonly [FieldCase, Json])[] {
  return fields.flatMap((field) => {
    const machine = transitions[field.key];
    const state = values[field.key] ?? null;
    if (machine === undefined || state === null) return [];
    return pathTo(machine, String(state))
      .slice(1)
      .map((step) => [field, step] as const);
  });
}
