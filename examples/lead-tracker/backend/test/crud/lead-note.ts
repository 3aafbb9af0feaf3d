// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import type { ResourceCase } from '#runtime/testing/resource-case.ts';

/** What the API must do with lead notes; test/all.test.ts tries it. */
export const resource: ResourceCase = {
  name: 'LeadNote',
  table: 'lead_notes',
  path: '/lead-notes',
  operations: ['create', 'read', 'delete'],
  fields: [
    { key: 'leadId', column: 'lead_id', type: 'reference', immutable: true, to: 'Lead', onDelete: 'cascade', values: [], invalid: [[1, 'type'], ['+0', 'format']] },
    { key: 'body', column: 'body', type: 'text', values: ['first body', 'second body', 'third body'], edges: [''], invalid: [[1, 'type']] },
    { key: 'occurredOn', column: 'occurred_on', type: 'date', optional: true, values: ['2026-03-14', '2026-07-01', '2027-01-31'], invalid: [[1, 'type'], ['2026-02-30', 'format']] },
  ],
  uniques: [
  ],
  transitions: {
  },
  filters: {
    leadId: ['eq', 'ne', 'in'],
  } as const,
  followed: {
  },
  sorts: [
    'createdAt',
  ],
  search: [],
  expansions: {
  },
  defaultSort: '-createdAt',
  pageSize: 25,
  maxPageSize: 100,
};
