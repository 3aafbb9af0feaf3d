import type { CatalogueRows } from '../../catalogue-row.ts';

/** `SC36xx`: links that are followed where they cannot be. */
export const links = {
  'unknown-link': {
    code: 'SC3601',
    severity: 'error',
    message: (p: { readonly name: string; readonly entity: string; readonly hint: string }) =>
      `"${p.name}" is neither a reference of "${p.entity}" nor an inverse there; ${p.hint}.`,
    explanation: {
      what: 'A path goes along references, and along lists that an "inverse" names.',
      example: 'list: { expand: [acount] }',
      mend: 'Write the name of a reference or of an inverse, without "Id".',
    },
  },
  'unfollowable-link': {
    code: 'SC3602',
    severity: 'error',
    message: (p: { readonly path: string; readonly name: string; readonly reason: string }) =>
      `"${p.path}" cannot be followed here: "${p.name}" ${p.reason}; remove it.`,
    explanation: {
      what: 'Of other rows an answer shows, and a filter tells, only what their own route shows; no list stands within a list, and filters go along references alone.',
      example: 'list: { expand: [secretOwner] }',
      mend: 'Remove the path, or grant "read" on the entity that it leads to.',
    },
  },
  'unknown-part-link': {
    code: 'SC3603',
    severity: 'error',
    message: (p: { readonly name: string; readonly entity: string; readonly hint: string }) =>
      `"${p.name}" is no reference of "${p.entity}"; ${p.hint}.`,
    explanation: {
      what: 'A part belongs to the row that one of its own references leads to.',
      example: 'OrderItem:\n  partOf: Order',
      mend: 'Write the name of that reference, as it stands under "fields".',
    },
  },
  'part-link-attribute': {
    code: 'SC3604',
    severity: 'error',
    message: (p: { readonly attribute: string; readonly field: string; readonly reason: string }) =>
      `"${p.attribute}" cannot stand on "${p.field}", which "partOf" names: ${p.reason}; remove it.`,
    explanation: {
      what: 'The link of a part is required, set by whoever creates the part, shown, and deletes the part with its row.',
      example: 'OrderItem:\n  partOf: order\n  fields:\n    order: { type: reference, to: Order, onDelete: restrict }',
      mend: 'Remove the attribute, or "partOf" where rows should live on their own.',
    },
  },
  'part-with-access': {
    code: 'SC3605',
    severity: 'error',
    message: (p: { readonly entity: string; readonly parent: string }) =>
      `"${p.entity}" is part of "${p.parent}" and has the access of that; remove "access".`,
    explanation: {
      what: 'Who may read or change a row may do so with its parts, and nobody else may.',
      example: 'OrderItem:\n  partOf: order\n  access: {}',
      mend: 'Remove "access", or "partOf" where the rows need grants of their own.',
    },
  },
} satisfies CatalogueRows;
