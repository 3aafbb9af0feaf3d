import type { NewRow } from './insert-row.ts';
import type { JsonObject, PartCase, ResourceCase } from './resource-case.ts';

/** A part that a row brings, which does not yet know to what it belongs. */
export interface Brought {
  readonly part: PartCase;
  readonly resource: ResourceCase;
  readonly values: JsonObject;
}

/** The part as a row below that of an id. */
export function linked({ part, resource, values }: Brought, id: string): Omit<NewRow, 'id' | 'index'> {
  return { resource, values: { ...values, [part.link]: id } };
}
