// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import { z } from '@hono/zod-openapi';
import { body } from '#runtime/crud/body.ts';
import { field } from '#runtime/crud/fields.ts';
import { filter } from '#runtime/crud/filters.ts';
import { listQuery } from '#runtime/crud/list-query.ts';
import { getQuery } from '#runtime/crud/shown-query.ts';
import { AccountRow } from '../account/schema.ts';

const statusValues = [
  'new',
  'contacted',
  'qualified',
  'won',
  'lost',
] as const;

/**
 * A prospect.
 * The row as the API answers it.
 */
export const LeadRow = z.object({
  id: field.uuid(),
  name: field.string({ maxLength: 120 }),
  phone: field.phone(),
  smsConsent: field.boolean(),
  email: field.email().nullable(),
  status: field.enum(statusValues),
  score: field.integer({ min: 0, max: 100 }),
  budget: field.decimal({ precision: 12, scale: 2, min: '0' }).nullable(),
  tags: field.many(field.string({ maxLength: 40 }), { maxItems: 20 }),
  notes: field.string({ maxLength: 100000 }).nullable(),
  accountId: field.reference().nullable(),
  contactedAt: field.datetime().nullable(),
  createdAt: field.datetime(),
  updatedAt: field.datetime(),
});

/** The row with what `expand` adds to it. */
export const LeadAnswer = LeadRow.extend({
  get account() {
    return AccountRow.nullable().optional();
  },
});

/** Body of a create. */
export const LeadCreate = body({
  name: LeadRow.shape.name,
  phone: LeadRow.shape.phone,
  smsConsent: LeadRow.shape.smsConsent.default(false),
  email: LeadRow.shape.email.default(null),
  status: field.enum(['new']).default('new'),
  score: LeadRow.shape.score.default(0),
  budget: LeadRow.shape.budget.default(null),
  tags: LeadRow.shape.tags.default([]),
  notes: LeadRow.shape.notes.default(null),
  accountId: LeadRow.shape.accountId.default(null),
  contactedAt: LeadRow.shape.contactedAt.default(null),
}, [
]);

/** Body of a patch: what is absent stays as it is. */
export const LeadPatch = body({
  name: LeadRow.shape.name.optional(),
  phone: LeadRow.shape.phone.optional(),
  smsConsent: LeadRow.shape.smsConsent.optional(),
  email: LeadRow.shape.email.optional(),
  status: LeadRow.shape.status.optional(),
  score: LeadRow.shape.score.optional(),
  budget: LeadRow.shape.budget.optional(),
  tags: LeadRow.shape.tags.optional(),
  notes: LeadRow.shape.notes.optional(),
  accountId: LeadRow.shape.accountId.optional(),
  contactedAt: LeadRow.shape.contactedAt.optional(),
}, [
]);

/** Query of a list. */
export const leadListQuery = listQuery({
  row: LeadRow,
  filters: {
    status: filter(field.enum(statusValues), 'eq', 'ne', 'in'),
    accountId: filter(field.reference(), 'eq', 'ne', 'in', 'null'),
    score: filter(field.integer(), 'eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte'),
    contactedAt: filter(field.datetime(), 'eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'null'),
  },
  sort: [
    'createdAt',
    'score',
    'contactedAt',
  ],
  defaultSort: '-createdAt',
  expand: [
    'account',
  ],
  pageSize: 25,
  maxPageSize: 100,
});

/** Query of a get. */
export const leadGetQuery = getQuery({
  row: LeadRow,
  expand: [
    'account',
  ],
});
