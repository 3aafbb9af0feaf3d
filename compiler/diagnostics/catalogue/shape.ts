import type { CatalogueRows } from '../catalogue-row.ts';

/** `SC2xxx`: well-formed YAML that is not a spec. */
export const shape = {
  'unknown-key': {
    code: 'SC2101',
    severity: 'error',
    message: (p: { readonly key: string; readonly owner: string; readonly hint: string }) =>
      `"${p.key}" is not a key of ${p.owner}; ${p.hint}.`,
    explanation: {
      what: 'The language is closed: a key that it does not know is refused, so that nothing you write is ever ignored.',
      example: 'entities:\n  Lead:\n    feilds: {}',
      mend: 'Write one of the keys listed with the message, or remove the line.',
    },
  },
} satisfies CatalogueRows;
