// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import { z } from '@hono/zod-openapi';
import { body } from '#runtime/crud/body.ts';
import { field } from '#runtime/crud/fields.ts';
import { filter } from '#runtime/crud/filters.ts';
import { listQuery } from '#runtime/crud/list-query.ts';
import { getQuery } from '#runtime/crud/shown-query.ts';

/**
 * A company that leads belong to.
 * The row as the API answers it.
 */
export const AccountRow = z.object({
  id: field.uuid(),
  name: field.string({ maxLength: 200 }),
  website: field.url().nullable(),
  createdAt: field.datetime(),
  updatedAt: field.datetime(),
});

/** Body of a create. */
export const AccountCreate = body({
  name: AccountRow.shape.name,
  website: AccountRow.shape.website.default(null),
}, [
]);

/** Body of a patch: what is absent stays as it is. */
export const AccountPatch = body({
  name: AccountRow.shape.name.optional(),
  website: AccountRow.shape.website.optional(),
}, [
]);

/** Query of a list. */
export const accountListQuery = listQuery({
  row: AccountRow,
  filters: {
    name: filter(field.string({ maxLength: 200 }), 'eq', 'ne', 'in'),
  },
  sort: [
    'createdAt',
  ],
  defaultSort: '-createdAt',
  pageSize: 25,
  maxPageSize: 100,
});

/** Query of a get. */
export const accountGetQuery = getQuery({
  row: AccountRow,
});
