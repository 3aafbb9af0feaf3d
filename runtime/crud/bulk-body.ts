import { z } from '@hono/zod-openapi';
import { field } from './fields.ts';

/** A row that a bulk request is about. */
const target = { id: field.uuid(), ifMatch: z.string().min(1).max(1000).optional() };

/** Bodies of the rows to create. */
export function bulkCreateBody<Item extends z.core.SomeType>(item: Item, most: number) {
  return listOf(item, most);
}

/** Rows to change, and what to set of each. */
export function bulkUpdateBody<Patch extends z.core.SomeType>(patch: Patch, most: number) {
  return listOf(z.strictObject({ ...target, set: patch }), most);
}

/** Rows to delete. */
export function bulkDeleteBody(most: number) {
  return listOf(z.strictObject(target), most);
}

function listOf<Item extends z.core.SomeType>(item: Item, most: number) {
  return z.strictObject({ data: z.array(item).min(1).max(most) });
}
