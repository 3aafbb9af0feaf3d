import { z } from '@hono/zod-openapi';

/** A row that a bulk request is about. */
function targetOf(id: z.ZodString) {
  return { id, ifMatch: z.string().min(1).max(1000).optional() };
}

/** Bodies of the rows to create. */
export function bulkCreateBody<Item extends z.core.SomeType>(item: Item, most: number) {
  return listOf(item, most);
}

/** Rows to change, and what to set of each. */
export function bulkUpdateBody<Patch extends z.core.SomeType>(id: z.ZodString, patch: Patch, most: number) {
  return listOf(z.strictObject({ ...targetOf(id), set: patch }), most);
}

/** Rows to delete. */
export function bulkDeleteBody(id: z.ZodString, most: number) {
  return listOf(z.strictObject(targetOf(id)), most);
}

function listOf<Item extends z.core.SomeType>(item: Item, most: number) {
  return z.strictObject({ data: z.array(item).min(1).max(most) });
}
