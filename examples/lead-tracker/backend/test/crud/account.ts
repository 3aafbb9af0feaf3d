// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import type { ResourceCase } from '#runtime/testing/resource-case.ts';

/** What the API must do with accounts; test/all.test.ts tries it. */
export const resource: ResourceCase = {
  name: 'Account',
  table: 'accounts',
  path: '/accounts',
  operations: ['create', 'read', 'update', 'delete'],
  fields: [
    { key: 'name', column: 'name', type: 'string', values: ['first name', 'second name', 'third name'], edges: ['', 'z'.repeat(200)], invalid: [[1, 'type'], ['a'.repeat(201), 'maxLength']] },
    { key: 'website', column: 'website', type: 'url', optional: true, values: ['https://example.com/a?b=c', 'https://example.org/', 'http://example.net/path'], invalid: [[1, 'type'], ['+0', 'format']] },
  ],
  uniques: [
    ['name'],
  ],
  transitions: {
  },
  filters: {
    name: ['eq', 'ne', 'in'],
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
