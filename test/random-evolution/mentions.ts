import type { EntityDraft, Value } from '../random-specs/spec-draft.ts';

/** Takes a field out of all that names it. */
export function forgetField(entity: EntityDraft, name: string): void {
  for (const [key, value] of Object.entries(entity.more)) {
    const next = without(value, name);
    if (next === undefined) delete entity.more[key];
    else entity.more[key] = next;
  }
  for (const [field, { computed }] of Object.entries(entity.fields))
    if (without(computed ?? null, name) === undefined) delete entity.fields[field];
}

/** Writes a field's new name wherever its old one stands. */
export function renameField(entity: EntityDraft, name: string, next: string): void {
  for (const [key, value] of Object.entries(entity.more))
    if (key !== 'was') entity.more[key] = renamed(value, name, next);
  for (const field of Object.values(entity.fields))
    if (field['computed'] !== undefined) field['computed'] = renamed(field['computed'], name, next);
}

/** Undefined where nothing is left. */
function without(value: Value, name: string): Value | undefined {
  if (typeof value === 'string') return value === name || value.includes(`record.${name}`) ? undefined : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.flatMap((item: Value) => without(item, name) ?? []);
    return items.length === 0 ? undefined : items;
  }
  const entries = Object.entries(value).flatMap(([key, item]: [string, Value]) => {
    const next = without(item, name);
    return next === undefined ? [] : [[key, next] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function renamed(value: Value, name: string, next: string): Value {
  if (typeof value === 'string') {
    return value === name ? next : value.replace(new RegExp(`record\\.${name}\\b`, 'g'), () => `record.${next}`);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Value) => renamed(item, name, next));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, Value]) => [key, renamed(item, name, next)]),
  );
}
