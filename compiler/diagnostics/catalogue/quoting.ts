import type { CatalogueRows } from '../catalogue-row.ts';

/** `SC1xxx`, continued: values that YAML would cut, comment out or retype in silence. */
export const quoting = {
  'template-braces': {
    code: 'SC1017',
    severity: 'error',
    message: () => '"{{" starts a YAML map here, not a template; write "${...}" in double quotes, or quote the text.',
    explanation: {
      what: 'YAML reads unquoted braces as maps, so the text would be lost.',
      example: 'description: {{ name }}',
      mend: 'Interpolation is written "${name}"; literal braces stand in double quotes.',
    },
  },
  'interpolation-quotes': {
    code: 'SC1018',
    severity: 'error',
    message: () => 'A value with "${" stands in double quotes.',
    explanation: {
      what: 'Unquoted, YAML would cut, comment out or retype such a value in silence.',
      example: 'default: ${auth.userId}',
      mend: 'Put the whole value in double quotes; strings inside it in single quotes.',
    },
  },
  'condition-quotes': {
    code: 'SC1019',
    severity: 'error',
    message: (p: { readonly key: string }) => `The condition of "${p.key}" stands in double quotes.`,
    explanation: {
      what: 'Unquoted, YAML would cut a condition at a comma, a colon or a hash sign in silence.',
      example: 'frozen: record.status == closed, archived',
      mend: 'Put the whole condition in double quotes; strings inside it in single quotes.',
    },
  },
  'pattern-quotes': {
    code: 'SC1020',
    severity: 'error',
    message: () => 'A pattern stands in single quotes.',
    explanation: {
      what: 'In double quotes a backslash would be an escape of YAML, unquoted a bracket or a hash sign would cut the pattern.',
      example: 'pattern: "^\\\\d+$"',
      mend: "Write '^\\d+$': in single quotes nothing but the quote itself is special.",
    },
  },
  'glued-comment': {
    code: 'SC1021',
    severity: 'error',
    message: (p: { readonly text: string }) =>
      `YAML reads "${p.text}" as a comment; quote the value, or put a space after the hash sign.`,
    explanation: {
      what: 'A space and a hash sign start a comment, so the rest of the value would be lost.',
      example: 'default: #888888',
      mend: 'If it belongs to the value, put the value in double quotes; if it is a comment, write "# " before it.',
    },
  },
  'number-form': {
    code: 'SC1022',
    severity: 'error',
    message: (p: { readonly text: string; readonly value: string }) =>
      `YAML reads ${p.text} as the number ${p.value}; write "${p.text}" in quotes if it is text or a decimal, or ${p.value} if the number is meant.`,
    explanation: {
      what: 'A plus sign, leading or trailing zeros and other bases would vanish in silence.',
      example: 'example: +15551234567',
      mend: 'Text and decimals stand in double quotes; numbers are written the way JSON writes them.',
    },
  },
  'word-form': {
    code: 'SC1023',
    severity: 'error',
    message: (p: { readonly text: string; readonly value: string }) =>
      `YAML reads ${p.text} as ${p.value}; write ${p.value}, or "${p.text}" in quotes if it is text.`,
    explanation: {
      what: 'There is one spelling each of true, false and null.',
      example: 'optional: True',
      mend: 'Write true, false or null; text stands in double quotes.',
    },
  },
  'number-too-large': {
    code: 'SC1024',
    severity: 'error',
    message: (p: { readonly text: string }) =>
      `${p.text} cannot be held exactly; write it in quotes where a bigint or decimal is meant.`,
    explanation: {
      what: 'Beyond 2^53 a JSON number loses digits in silence.',
      example: 'max: 9007199254740993',
      mend: 'bigint and decimal values stand in double quotes; an integer ends at 2147483647.',
    },
  },
  'colon-in-value': {
    code: 'SC1025',
    severity: 'error',
    message: () =>
      'The value holds a colon and a space, which YAML reads as another key; put the value in double quotes.',
    explanation: {
      what: 'YAML takes what stands before a colon and a space for a key.',
      example: 'description: Leads: the list',
      mend: 'Put the whole value in double quotes.',
    },
  },
  'missing-space': {
    code: 'SC1026',
    severity: 'error',
    message: (p: { readonly key: string }) =>
      `There is no space after the colon of "${p.key}"; write "${p.key}: ..." .`,
    explanation: {
      what: 'Without the space YAML reads key and value as one word.',
      example: 'type:string',
      mend: 'Put a space after the colon.',
    },
  },
  'missing-colon': {
    code: 'SC1027',
    severity: 'error',
    message: (p: { readonly text: string }) =>
      `"${p.text}" has no colon and value; write "key: value", or quote the text it was cut from.`,
    explanation: {
      what: 'An entry of a map is a key, a colon, a space and a value. A comma inside an unquoted value cuts it.',
      example: '{ rows: a(b, c) }',
      mend: 'Write the value of the key, or put the whole text in double quotes.',
    },
  },
} satisfies CatalogueRows;
