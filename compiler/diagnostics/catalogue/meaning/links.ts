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
} satisfies CatalogueRows;
