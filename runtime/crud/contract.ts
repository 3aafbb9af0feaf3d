import { z } from '@hono/zod-openapi';
import { assume } from '../assume.ts';

/** Parts of OpenAPI routes that every resource shares. */

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    instance: z.string(),
    errors: z
      .array(
        z.object({
          pointer: z.string().optional(),
          parameter: z.string().optional(),
          code: z.string(),
          detail: z.string(),
        }),
      )
      .optional(),
  })
  .openapi('Problem');

/** Path parameters of a route to one row; `id` is the schema of the entity's ids. */
export function idParams(id: z.ZodString) {
  return z.object({ id });
}

/**
 * A zod schema by its output alone. Routes are declared with no more of it: comparing all that an object's schema can do
 * with what a route may have was a third of the type check of a backend.
 */
interface Yields<Output> {
  readonly _zod: { readonly output: Output };
}

function erased<Output>(schema: Yields<Output>): z.ZodType<Output> {
  return assume<z.ZodType<Output>>(schema);
}

/** A required JSON body. */
export function jsonBody<Output>(schema: Yields<Output>) {
  return { required: true, content: { 'application/json': { schema: erased(schema) } } } as const;
}

/** An answer that carries one row. */
export function rowResponse(schema: Yields<unknown>) {
  return { description: 'The row.', content: { 'application/json': { schema: erased(schema) } } } as const;
}

/** An answer to a get: the row, or the part of it that `fields` asks for. */
export function shownResponse(schema: z.ZodObject) {
  return rowResponse(z.union([schema, schema.partial()]));
}

/** An answer to a bulk request: its rows in the order asked for. */
export function bulkResponse(schema: Yields<unknown>) {
  const rows = z.object({ data: z.array(erased(schema)), etags: z.array(z.string()) });
  return { description: 'The rows.', content: { 'application/json': { schema: rows } } } as const;
}

/** The answer to a bulk create by callers who may not read. */
export function bulkIdsResponse(id: z.ZodString) {
  const rows = z.object({ data: z.array(z.object({ id })) });
  return { description: 'The ids of the new rows.', content: { 'application/json': { schema: rows } } } as const;
}

/** An answer that carries one page of rows, or of parts of them. */
export function pageResponse(schema: z.ZodObject) {
  const count = z.object({ value: z.number().int(), kind: z.enum(['exact', 'atLeast', 'estimated']) }).optional();
  const page = z.object({
    data: z.array(z.union([schema, schema.partial()])),
    nextCursor: z.string().nullable(),
    count,
  });
  return { description: 'One page of rows.', content: { 'application/json': { schema: page } } } as const;
}

/** The answer to a create by callers who may not read. */
export function idResponse(id: z.ZodString) {
  const row = z.object({ id });
  return { description: 'The id of the new row.', content: { 'application/json': { schema: row } } } as const;
}

export const noContent = { description: 'Done; nothing to answer.' } as const;

export const notModified = { description: 'The row is still the one the caller has.' } as const;

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'The request is malformed.',
  403: 'The operation is not allowed.',
  404: 'No such row.',
  409: 'The change conflicts with the state of the data.',
  412: 'The row has changed since the version in If-Match.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  422: 'The request does not validate.',
  503: 'The database is not available; try again.',
};

/** Problem details (RFC 9457) under each of the statuses. */
export function problems<const Statuses extends readonly number[]>(...statuses: Statuses) {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: DESCRIPTIONS[status] ?? 'The request failed.',
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
}
