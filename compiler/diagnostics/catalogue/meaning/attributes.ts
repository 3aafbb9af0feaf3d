import type { CatalogueRows } from '../../catalogue-row.ts';

/** `SC33xx`: attributes of a field, or of two fields, that cannot stand together. */
export const attributes = {
  'contradictory-attributes': {
    code: 'SC3301',
    severity: 'error',
    message: (p: { readonly attribute: string; readonly other: string; readonly reason: string }) =>
      `"${p.attribute}" cannot stand beside "${p.other}": ${p.reason}; remove one of them.`,
    explanation: {
      what: 'One attribute takes back what the other says, or says it again.',
      example: 'secret: { type: string, readOnly: true, writeOnly: true }',
      mend: 'Remove one of the two.',
    },
  },
  'max-items-without-many': {
    code: 'SC3302',
    severity: 'error',
    message: (p: { readonly field: string }) =>
      `"maxItems" limits arrays, and "${p.field}" is a single value; add "many: true", or remove it.`,
    explanation: {
      what: '"maxItems" does nothing without "many", and nothing in the spec is ever ignored.',
      example: 'tag: { type: string, maxItems: 5 }',
      mend: 'Add "many: true" or remove "maxItems".',
    },
  },
  'unset-read-only': {
    code: 'SC3303',
    severity: 'error',
    message: (p: { readonly field: string; readonly hint: string }) =>
      `"${p.field}" is required and readOnly, and nothing sets it; ${p.hint}.`,
    explanation: {
      what: 'A readOnly field is in no body. Without a default a required one leaves every create without a value.',
      example: 'total: { type: integer, readOnly: true }',
      mend: 'Give it a "default", make it "optional", or let bodies set it.',
    },
  },
  'set-null-of-required': {
    code: 'SC3304',
    severity: 'error',
    message: (p: { readonly field: string }) =>
      `"onDelete: setNull" would empty the required "${p.field}"; add "optional: true", or write restrict or cascade.`,
    explanation: {
      what: 'When the other row is deleted, the link becomes null, which a required field cannot be.',
      example: 'account: { type: reference, to: Account, onDelete: setNull }',
      mend: 'Make the link optional, or choose another "onDelete".',
    },
  },
  'required-cycle': {
    code: 'SC3305',
    severity: 'error',
    message: (p: { readonly path: string; readonly isSelf: boolean }) =>
      `no first row could be created: ${p.path} are required links in a circle; make ${p.isSelf ? 'the link' : 'one of them'} optional.`,
    explanation: {
      what: 'Each row needs another one to be there before it, so that none can be the first.',
      example: 'Task:\n  fields:\n    parent: { type: reference, to: Task }',
      mend: 'Write "optional: true" on one link of the circle.',
    },
  },
} satisfies CatalogueRows;
