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
      example: 'Lead:\n  feilds: {}',
      mend: 'Write one of the keys listed with the message, or remove the line.',
    },
  },
  'attribute-not-applicable': {
    code: 'SC2102',
    severity: 'error',
    message: (p: {
      readonly key: string;
      readonly owner: string;
      readonly types: readonly string[];
      readonly hint?: string;
    }) => `"${p.key}" does not apply to ${p.owner}; ${p.hint ?? `it belongs to ${p.types.join(', ')}`}.`,
    explanation: {
      what: 'Each field type has its own attributes; one that would do nothing is refused.',
      example: 'age: { type: integer, maxLength: 3 }',
      mend: 'Remove the attribute, or use a type that it applies to.',
    },
  },
  'missing-key': {
    code: 'SC2103',
    severity: 'error',
    message: (p: { readonly key: string; readonly owner: string; readonly hint: string }) =>
      `${p.owner} lacks "${p.key}"; write ${p.hint}.`,
    explanation: {
      what: 'What is dangerous to guess must be written out.',
      example: 'Lead:\n  fields: { name: { type: string } }',
      mend: 'Add the key. An entity that nobody may reach has access: {}.',
    },
  },
  'unknown-field-type': {
    code: 'SC2104',
    severity: 'error',
    message: (p: { readonly word: string; readonly hint: string }) => `"${p.word}" is not a field type; ${p.hint}.`,
    explanation: {
      what: 'Field types are a closed list with one name each.',
      example: 'name: { type: varchar }',
      mend: 'Write one of the types listed with the message.',
    },
  },
  'unknown-word': {
    code: 'SC2105',
    severity: 'error',
    message: (p: { readonly word: string; readonly noun: string; readonly hint: string }) =>
      `"${p.word}" is not ${p.noun}; ${p.hint}.`,
    explanation: {
      what: 'Only the words listed with the message may stand here.',
      example: 'onDelete: setnull',
      mend: 'Write one of the listed words.',
    },
  },
  'not-yet-supported': {
    code: 'SC2106',
    severity: 'error',
    message: (p: { readonly what: string; readonly instead?: string }) =>
      `${p.what} is not yet supported; ${p.instead ?? 'remove it for now'}.`,
    explanation: {
      what: 'It is part of the language and this version cannot compile it. It is refused rather than ignored.',
      example: 'Lead:\n  softDelete: true',
      mend: 'Remove it, or wait for a version that supports it.',
    },
  },
  'wrong-type': {
    code: 'SC2107',
    severity: 'error',
    message: (p: { readonly what: string; readonly found: string; readonly expected: string }) =>
      `${p.what} is ${p.found}; write ${p.expected}.`,
    explanation: {
      what: 'The value is of another type than the key takes. Whatever has names is a map by name, never a list.',
      example:
        'auth: none\nentities:\n  - name: Lead\n    fields:\n      - name: title\n    access: public\n    unique: [lead, day]\n    indexes: [day]',
      mend: `Write the form that the message names:
auth: { provider: none }
entities:
  Lead:
    fields:
      title: { type: string, maxLength: 120 }
      status:
        type: enum
        values: [new, won, lost]
        default: new
        transitions:
          new: [won, lost]
    access:
      team: { roles: [...], allow: [create, read, update, delete], rows: ... }
    unique: { byLeadAndDay: { fields: [lead, day] } }
    indexes: { byDay: { fields: [day] } }
    list: { filter: [status], sort: [createdAt] }`,
    },
  },
  'out-of-bounds': {
    code: 'SC2108',
    severity: 'error',
    message: (p: { readonly what: string; readonly value: string; readonly bounds: string }) =>
      `${p.what} is ${p.value}; write ${p.bounds}.`,
    explanation: {
      what: 'Every size and number of the language is bounded.',
      example: 'maxPageSize: 1000000',
      mend: 'Write a value within the bounds.',
    },
  },
  'wrong-length': {
    code: 'SC2109',
    severity: 'error',
    message: (p: { readonly what: string; readonly found: string; readonly bounds: string }) =>
      `${p.what} is ${p.found}; write ${p.bounds}.`,
    explanation: {
      what: 'Every text of the language has a least and a greatest length.',
      example: 'description: ""',
      mend: 'Shorten or complete the text.',
    },
  },
  'wrong-count': {
    code: 'SC2110',
    severity: 'error',
    message: (p: { readonly what: string; readonly found: string; readonly bounds: string }) =>
      `${p.what} has ${p.found}; write ${p.bounds}.`,
    explanation: {
      what: 'Lists and maps of the language have a least and a greatest size.',
      example: 'roles: []',
      mend: 'Add or remove entries.',
    },
  },
  'wrong-form': {
    code: 'SC2111',
    severity: 'error',
    message: (p: { readonly what: string; readonly value: string; readonly form: string }) =>
      `${p.what} is "${p.value}"; write ${p.form}.`,
    explanation: {
      what: 'The text does not have the form that the key takes.',
      example: 'bodyLimit: 1 megabyte',
      mend: 'Write the form that the message names.',
    },
  },
  'bad-name': {
    code: 'SC2112',
    severity: 'error',
    message: (p: { readonly name: string; readonly form: string; readonly hint: string }) =>
      `"${p.name}" is no name here; write ${p.form}${p.hint}.`,
    explanation: {
      what: 'Names become tables, paths, types and files, so each kind has one spelling.',
      example: 'entities:\n  lead_note: {}',
      mend: 'Entities are PascalCase, fields and other names camelCase, in ASCII.',
    },
  },
  'duplicate-item': {
    code: 'SC2113',
    severity: 'error',
    message: (p: { readonly item: string }) => `"${p.item}" is listed twice; keep one.`,
    explanation: {
      what: 'A list of names holds each name once.',
      example: 'values: [new, won, new]',
      mend: 'Remove one of them.',
    },
  },
  'unquoted-number': {
    code: 'SC2114',
    severity: 'error',
    message: (p: { readonly what: string; readonly text: string }) =>
      `${p.what} is an exact number; write "${p.text}" in quotes.`,
    explanation: {
      what: 'Unquoted, YAML and JSON would round it or drop its zeros in silence.',
      example: 'price: { type: decimal, precision: 8, scale: 2, default: 1.5 }',
      mend: 'Put the number in double quotes.',
    },
  },
  'misplaced-key': {
    code: 'SC2116',
    severity: 'error',
    message: (p: { readonly key: string; readonly found: string; readonly under: string }) =>
      `"${p.key}" ${p.found}; indent it under "${p.under}".`,
    explanation: {
      what: 'Indentation says what belongs to what, and this key belongs one level deeper.',
      example: 'fields:\n  name:\n  type: string',
      mend: 'Indent the lines by two more spaces: fields under "fields", attributes under their field.',
    },
  },
  'language-version': {
    code: 'SC2115',
    severity: 'error',
    message: (p: { readonly found: string }) =>
      `"supercompile" is ${p.found}; this compiler reads version 1 of the language.`,
    explanation: {
      what: 'The key says which version of the language the file is written in.',
      example: 'supercompile: 2',
      mend: 'Write supercompile: 1, or use a compiler that knows the version.',
    },
  },
} satisfies CatalogueRows;
