// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import { z } from '@hono/zod-openapi';
import { body } from '#runtime/crud/body.ts';
import { field } from '#runtime/crud/fields.ts';
import { filter } from '#runtime/crud/filters.ts';
import { listQuery } from '#runtime/crud/list-query.ts';
import { getQuery } from '#runtime/crud/shown-query.ts';

/**
 * What was said, and when.
 * The row as the API answers it.
 */
export const LeadNoteRow = z.object({
  id: field.uuid(),
  leadId: field.reference(),
  body: field.string({ maxLength: 4000 }),
  occurredOn: field.date().nullable(),
  createdAt: field.datetime(),
  updatedAt: field.datetime(),
});

/** Body of a create. */
export const LeadNoteCreate = body({
  leadId: LeadNoteRow.shape.leadId,
  body: LeadNoteRow.shape.body,
  occurredOn: LeadNoteRow.shape.occurredOn.default(null),
}, [
]);

/** Query of a list. */
export const leadNoteListQuery = listQuery({
  row: LeadNoteRow,
  filters: {
    leadId: filter(field.reference(), 'eq', 'ne', 'in'),
  },
  sort: [
    'createdAt',
  ],
  defaultSort: '-createdAt',
  pageSize: 25,
  maxPageSize: 100,
});

/** Query of a get. */
export const leadNoteGetQuery = getQuery({
  row: LeadNoteRow,
});
