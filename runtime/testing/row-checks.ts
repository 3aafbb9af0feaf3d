import { assume } from '../assume.ts';
import type { JsonObject, ResourceCase, RowPredicate } from './resource-case.ts';

/** Whether a row with these values meets a condition. */
export function meetsCondition(predicate: RowPredicate, values: JsonObject): boolean {
  return predicate(asStored(values));
}

/** The values as a condition reads them. */
export function asStored(values: JsonObject): never {
  // A row that is not there yet has an id that no other has, and is made now.
  const now = new Date().toISOString();
  // A condition reads fields of its own resource, and the values are of that resource.
  return assume<never>({ id: '', createdAt: now, updatedAt: now, ...values });
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
