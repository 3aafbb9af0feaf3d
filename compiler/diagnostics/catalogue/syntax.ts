import type { CatalogueRows } from '../catalogue-row.ts';

/** `SC1xxx`: the text is not the YAML that the language allows. */
export const syntax = {
  'yaml-syntax': {
    code: 'SC1001',
    severity: 'error',
    message: (p: { readonly detail: string }) => `This is not valid YAML: ${p.detail}.`,
    explanation: {
      what: 'The text cannot be read as YAML 1.2 at this place.',
      example: 'name: [a, b',
      mend: 'Compare the line with its neighbours: brackets, quotes, colons and indentation.',
    },
  },
  'file-too-large': {
    code: 'SC1002',
    severity: 'error',
    message: (p: { readonly limit: string }) =>
      `The file has more than ${p.limit}; remove repeated text, or describe what stands alone in a spec of its own.`,
    explanation: {
      what: 'Sizes are bounded everywhere, so that no input can make the compiler hang.',
      example: '(a file of more than 1,048,576 characters)',
      mend: 'A spec of a thousand entities fits. Say what they share in mixins, or make a backend of its own of what stands alone.',
    },
  },
  'invalid-character': {
    code: 'SC1003',
    severity: 'error',
    message: (p: { readonly character: string; readonly reason: string }) =>
      `The character ${p.character} may not stand here: ${p.reason}.`,
    explanation: {
      what: 'Control characters, bytes that are no UTF-8 and characters that reorder the text on screen are refused: a reader of the diff could not see them.',
      example: 'name: "a\\u0000b" (as a raw byte)',
      mend: 'Save the file as UTF-8 and remove the character; inside double quotes an escape such as "\\u0007" is possible.',
    },
  },
  tab: {
    code: 'SC1004',
    severity: 'error',
    message: () => 'A tab may not stand here; write spaces.',
    explanation: {
      what: 'YAML indents with spaces, and a tab looks different in every editor.',
      example: 'entities:\n\tLead: {}',
      mend: 'Replace the tab with spaces, two for each level.',
    },
  },
  'merge-conflict': {
    code: 'SC1036',
    severity: 'error',
    message: () => 'A merge left both sides here; keep what is meant, and remove the markers.',
    explanation: {
      what: 'git writes both sides of a conflict between lines of <<<<<<<, ======= and >>>>>>>. Neither alone is known to be meant.',
      example: '<<<<<<< HEAD\nname: shop\n=======\nname: store\n>>>>>>> feature',
      mend: 'Resolve the conflict in the spec first. After that, build writes all other files anew; where both branches added a migration, run supercompile migrate rebase before it.',
    },
  },
  'empty-file': {
    code: 'SC1005',
    severity: 'error',
    message: () => 'The file says nothing; start with "supercompile: 1".',
    explanation: {
      what: 'An empty file, or one of comments alone, is no spec.',
      example: '# nothing here',
      mend: 'Start with supercompile, name, auth and entities.',
    },
  },
  'root-not-a-map': {
    code: 'SC1006',
    severity: 'error',
    message: (p: { readonly found: string }) =>
      `The file is ${p.found}; write a map that starts with "supercompile: 1".`,
    explanation: {
      what: 'A spec is a map of keys at the first column.',
      example: '- supercompile: 1',
      mend: 'Write the keys supercompile, name, auth and entities, without a dash before them.',
    },
  },
  'too-deep': {
    code: 'SC1007',
    severity: 'error',
    message: (p: { readonly limit: string }) => `This is nested more than ${p.limit} levels deep.`,
    explanation: {
      what: 'Depth is bounded; nothing in the language comes near the limit.',
      example: 'name: [[[[[[[[[[[[[[[[',
      mend: 'Remove the superfluous brackets or levels.',
    },
  },
  'several-documents': {
    code: 'SC1008',
    severity: 'error',
    message: () => 'A second YAML document starts here; a spec is one document.',
    explanation: {
      what: 'A line of three dashes starts another document, which nothing would read.',
      example: 'supercompile: 1\n---\nname: shop',
      mend: 'Remove the line, or move what follows into a file of its own.',
    },
  },
  directive: {
    code: 'SC1009',
    severity: 'error',
    message: (p: { readonly directive: string }) =>
      `"${p.directive}" is a YAML directive; remove it, the file is YAML 1.2.`,
    explanation: {
      what: 'Directives change how the rest of the file is read.',
      example: '%YAML 1.1\n---\nname: shop',
      mend: 'Remove the line.',
    },
  },
  anchor: {
    code: 'SC1010',
    severity: 'error',
    message: (p: { readonly name: string }) =>
      `"${p.name}" is a YAML anchor; write the value out where it is needed, or quote it if it is text.`,
    explanation: {
      what: 'Anchors hide what a line says: a reader of the diff would have to look elsewhere.',
      example: 'fields: &base { name: { type: string } }',
      mend: 'Write the value out. Text that starts with & stands in double quotes.',
    },
  },
  alias: {
    code: 'SC1011',
    severity: 'error',
    message: (p: { readonly name: string }) =>
      `"${p.name}" is a YAML alias; write the value out here, or quote it if it is text.`,
    explanation: {
      what: 'Aliases hide what a line says: a reader of the diff would have to look elsewhere.',
      example: 'fields: *base',
      mend: 'Write the value out. Text that starts with * stands in double quotes.',
    },
  },
  'merge-key': {
    code: 'SC1012',
    severity: 'error',
    message: () => '"<<" is a YAML merge key; write the keys out here.',
    explanation: {
      what: 'Merge keys are no part of YAML 1.2 and hide what a map holds.',
      example: 'fields:\n  <<: *base',
      mend: 'Write the keys out.',
    },
  },
  tag: {
    code: 'SC1013',
    severity: 'error',
    message: (p: { readonly tag: string }) => `"${p.tag}" is a YAML tag; remove it, or quote the value if it is text.`,
    explanation: {
      what: 'Tags change the type of a value behind its back.',
      example: 'name: !!str 5',
      mend: 'Remove the tag. A value that must be text stands in double quotes.',
    },
  },
  'duplicate-key': {
    code: 'SC1014',
    severity: 'error',
    message: (p: { readonly key: string }) => `"${p.key}" is written twice in this map; keep one.`,
    explanation: {
      what: 'Of two equal keys a reader cannot tell which one counts.',
      example: 'Lead:\n  table: leads\n  table: prospects',
      mend: 'Remove one of them, or rename it if two were meant.',
    },
  },
  'key-not-text': {
    code: 'SC1015',
    severity: 'error',
    message: (p: { readonly key: string; readonly found: string }) =>
      `The key ${p.key} is ${p.found}; write it in quotes, or as a name.`,
    explanation: {
      what: 'Keys are names. YAML would read this one as something else.',
      example: '1: first',
      mend: 'Write a name, or put the key in double quotes.',
    },
  },
  'explicit-key': {
    code: 'SC1016',
    severity: 'error',
    message: () => '"? " starts a key in a form that the language does not use; write "key: value".',
    explanation: {
      what: 'One spelling for a map is enough.',
      example: '? name\n: shop',
      mend: 'Write name: shop.',
    },
  },
  'unclosed-quote': {
    code: 'SC1028',
    severity: 'error',
    message: (p: { readonly quote: string }) => `The quote ${p.quote} that opens here is never closed.`,
    explanation: {
      what: 'Everything to the end of the file, or to the next quote, would be part of the value.',
      example: 'name: "shop',
      mend: 'Close the quote on the same line. Inside double quotes a quote is \\", inside single quotes it is doubled.',
    },
  },
  'unclosed-bracket': {
    code: 'SC1029',
    severity: 'error',
    message: (p: { readonly open: string; readonly close: string }) =>
      `The "${p.open}" that opens here is never closed; write "${p.close}".`,
    explanation: {
      what: 'A map or list in brackets ends with its closing bracket.',
      example: 'name: { type: string',
      mend: 'Close the bracket.',
    },
  },
  indentation: {
    code: 'SC1030',
    severity: 'error',
    message: () => 'This line is indented unlike its neighbours; entries of one map start at the same column.',
    explanation: {
      what: 'Indentation says which map a line belongs to; here it fits none.',
      example: 'Lead:\n  table: leads\n   path: leads',
      mend: 'Indent two spaces for each level, all entries of one map alike.',
    },
  },
  'bad-escape': {
    code: 'SC1031',
    severity: 'error',
    message: (p: { readonly text: string }) =>
      `"${p.text}" is no escape of YAML; double the backslash, or use single quotes.`,
    explanation: {
      what: 'In double quotes a backslash starts an escape, and only a few exist.',
      example: 'description: "C:\\data"',
      mend: 'Write the backslash twice, or put the text in single quotes, where it is plain.',
    },
  },
  'cut-off': {
    code: 'SC1032',
    severity: 'warning',
    message: () => 'The file ends here, in the middle of something and without a line break; it looks cut off.',
    explanation: {
      what: 'A file that was cut while it was copied or generated often fails far from the cut; this points at it.',
      example: 'entities:\n  Lead:\n    fie',
      mend: 'Write the rest of the file.',
    },
  },
  'special-start': {
    code: 'SC1033',
    severity: 'error',
    message: (p: { readonly character: string }) =>
      `A value cannot start with "${p.character}" unless it stands in quotes.`,
    explanation: {
      what: 'YAML reserves some characters at the start of a value.',
      example: 'description: @lead',
      mend: 'Put the value in double quotes.',
    },
  },
  'missing-comma': {
    code: 'SC1034',
    severity: 'error',
    message: () => 'A comma is missing before this entry.',
    explanation: {
      what: 'Entries in brackets are separated by commas.',
      example: '{ type: string maxLength: 5 }',
      mend: 'Write a comma between the entries, and none inside an unquoted value.',
    },
  },
  'stray-text': {
    code: 'SC1035',
    severity: 'error',
    message: (p: { readonly text: string }) =>
      `"${p.text}" belongs to nothing here; remove it, or quote the value that it is part of.`,
    explanation: {
      what: 'After a closed bracket or quote nothing more can follow on the line.',
      example: 'name: "shop" online',
      mend: 'Remove the text, or put all of it inside the quotes.',
    },
  },
} satisfies CatalogueRows;
