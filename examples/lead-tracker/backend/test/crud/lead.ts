// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import type { ResourceCase } from '#runtime/testing/resource-case.ts';

/** What the API must do with leads; test/all.test.ts tries it. */
export const resource: ResourceCase = {
  name: 'Lead',
  table: 'leads',
  path: '/leads',
  operations: ['create', 'read', 'update', 'delete'],
  fields: [
    { key: 'name', column: 'name', type: 'string', values: ['first name', 'second name', 'third name'], edges: ['', 'z'.repeat(120)], invalid: [[1, 'type'], ['a'.repeat(121), 'maxLength']] },
    { key: 'phone', column: 'phone', type: 'phone', values: ['+15551234567', '+33123456789', '+4930901820'], invalid: [[1, 'type'], ['+0', 'format']] },
    { key: 'smsConsent', column: 'sms_consent', type: 'boolean', default: false, values: [true, false], invalid: [['text', 'type']] },
    { key: 'email', column: 'email', type: 'email', optional: true, values: ['Ann@example.com', 'ben@example.org', 'cleo@example.net'], invalid: [[1, 'type'], ['+0', 'format']] },
    { key: 'status', column: 'status', type: 'enum', default: 'new', enum: ['new', 'contacted', 'qualified', 'won', 'lost'], values: ['new'], invalid: [['unknown', 'enum']] },
    { key: 'score', column: 'score', type: 'integer', default: 0, values: [7, 42, 99], edges: [0, 100], invalid: [['text', 'type'], [-1, 'min'], [101, 'max']] },
    { key: 'budget', column: 'budget', type: 'decimal', optional: true, values: ['1.50', '2.25', '12.01'], spelled: '1.5', edges: ['0.00'], invalid: [[1, 'type'], ['many', 'format'], ['-0.01', 'min'], ['0.001', 'format'], ['10000000000', 'format']] },
    { key: 'tags', column: 'tags', type: 'string', many: true, default: [], values: [['first tags', 'second tags'], ['third tags'], []], edges: [Array.from({ length: 20 }, () => 'first tags')], invalid: [[1, 'type'], [Array.from({ length: 21 }, () => 'first tags'), 'maxItems']], invalidItems: [[1, 'type'], ['a'.repeat(41), 'maxLength']] },
    { key: 'notes', column: 'notes', type: 'text', optional: true, values: ['first notes', 'second notes', 'third notes'], edges: [''], invalid: [[1, 'type']] },
    { key: 'accountId', column: 'account_id', type: 'reference', optional: true, to: 'Account', onDelete: 'setNull', values: [], invalid: [[1, 'type'], ['+0', 'format']] },
    { key: 'contactedAt', column: 'contacted_at', type: 'datetime', optional: true, values: ['2026-03-14T09:26:53Z', '2026-07-01T12:00:00.5Z', '2027-01-31T23:59:59.123456Z'], spelled: '2026-03-14T10:26:53+01:00', invalid: [[1, 'type'], ['2026-03-14T09:26:53', 'format']] },
  ],
  uniques: [
    ['email'],
  ],
  transitions: {
    status: {
      initial: ['new'],
      next: {
        new: ['contacted', 'lost'],
        contacted: ['qualified', 'lost'],
        qualified: ['won', 'lost'],
        won: [],
        lost: [],
      },
    },
  },
  filters: {
    status: ['eq', 'ne', 'in'],
    accountId: ['eq', 'ne', 'in', 'null'],
    score: ['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte'],
    contactedAt: ['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'null'],
  } as const,
  followed: {
  },
  sorts: [
    'createdAt',
    'score',
    'contactedAt',
  ],
  search: [],
  expansions: {
    account: [{ name: 'account', to: 'Account', kind: 'one', key: 'accountId' }],
  },
  defaultSort: '-createdAt',
  pageSize: 25,
  maxPageSize: 100,
};
