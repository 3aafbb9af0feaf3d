import type { CatalogueRows } from '../catalogue-row.ts';
import { orList, type Subject, type Types } from './migration-changes.ts';

/** `SC43xx`: what stands under `migration` and says nothing that can be done. */
export const migrationNotes = {
  'unknown-migrated-field': {
    code: 'SC4301',
    severity: 'error',
    message: ({ subject }: Subject) =>
      `"${subject}" is no field that this can be said of; name one of the spec, as Lead.state.`,
    explanation: {
      what: 'A backfill is about a field, and a mapping of values about an enum field, by the names that they have in the spec now.',
      example: 'migration: { backfill: { Lead.scor: 0 } }',
      mend: 'Write the entity and the field as they are called now.',
    },
  },
  'invalid-backfill': {
    code: 'SC4302',
    severity: 'error',
    message: ({ subject, value, detail, hint }: Subject & { value: string; detail: string; hint: string }) =>
      `backfill ${value} of "${subject}" ${detail}; ${hint}.`,
    explanation: {
      what: 'Rows get the value, so it is one of the field, within all its limits.',
      example: 'migration: { backfill: { Lead.score: high } }   # an integer',
      mend: 'Write a value that the field accepts.',
    },
  },
  'unknown-new-value': {
    code: 'SC4303',
    severity: 'error',
    message: ({ subject, value }: Subject & { value: string }) =>
      `"${value}" is none of the values of "${subject}"; write one of them.`,
    explanation: {
      what: 'Rows get a value that the field has from now on.',
      example: 'values: [new, won]\nvaluesWere: { done: closed }',
      mend: 'Write one of "values".',
    },
  },
  'invalid-cast': {
    code: 'SC4304',
    severity: 'error',
    message: ({ subject, value, detail, hint }: Subject & { value: string; detail: string; hint: string }) =>
      `${value} in the cast of "${subject}" ${detail}; ${hint}.`,
    explanation: {
      what: 'A zone is the name of one, and rows get new values that the field accepts.',
      example: 'migration: { cast: { Lead.day: { timeZone: CET+1 } } }',
      mend: 'Write the name of a time zone, or values of the field.',
    },
  },
  'cast-unfit': {
    code: 'SC4305',
    severity: 'error',
    message: ({ subject, said, from, to, casts }: Subject & Types & { said: string; casts: readonly string[] }) =>
      `"${said}" does not say how ${from} becomes ${to}, as "${subject}" does; ${casts.length === 0 ? 'restore the type, or add a field of the new type beside it' : `write ${orList(casts)}`}.`,
    explanation: {
      what: 'Each key of a cast answers one question: which zone, which unit, which new value, what stands between items.',
      example: 'migration: { cast: { Lead.paid: { timeZone: Europe/Paris } } }   # a boolean that becomes an enum',
      mend: 'Write a key that fits the two types, as the message names them.',
    },
  },
} satisfies CatalogueRows;
