import type { CatalogueRows } from '../../catalogue-row.ts';

export interface Value {
  readonly value: string;
  readonly field: string;
  readonly detail: string;
  readonly hint: string;
}

export interface Bound extends Value {
  readonly attribute: string;
}

/** `SC32xx`: values and limits of fields. */
export const values = {
  'invalid-default': {
    code: 'SC3201',
    severity: 'error',
    message: (p: Value) => `default ${p.value} of "${p.field}" ${p.detail}; ${p.hint}.`,
    explanation: {
      what: 'A default is a value of its field, within all its limits. Without one an optional field is null, so null is no default.',
      example: 'score: { type: integer, max: 100, default: 101 }',
      mend: 'Write a value that the field accepts, or remove the default.',
    },
  },
  'invalid-example': {
    code: 'SC3202',
    severity: 'error',
    message: (p: Value) => `example ${p.value} of "${p.field}" ${p.detail}; ${p.hint}.`,
    explanation: {
      what: 'An example is a value of its field, within all its limits: it stands in the docs and is sent by the tests.',
      example: "plate: { type: string, pattern: '^[A-Z]{2}[0-9]{4}$', example: ab12 }",
      mend: 'Write a value that the field accepts.',
    },
  },
  'invalid-bound': {
    code: 'SC3203',
    severity: 'error',
    message: (p: Bound) => `${p.attribute} "${p.value}" of "${p.field}" ${p.detail}; ${p.hint}.`,
    explanation: {
      what: '"min" and "max" are themselves values of the field\'s type, inclusive.',
      example: "day: { type: date, min: '2026-02-30' }",
      mend: 'Write a value of the type.',
    },
  },
  'crossed-limits': {
    code: 'SC3204',
    severity: 'error',
    message: (p: {
      readonly attribute: string;
      readonly value: string;
      readonly relation: string;
      readonly other: string;
      readonly otherValue: string;
    }) =>
      `"${p.attribute}" ${p.value} is ${p.relation} than "${p.other}" ${p.otherValue}; no value is left, change one of them.`,
    explanation: {
      what: 'The limits contradict each other, so that no value could ever be stored.',
      example: 'score: { type: integer, min: 10, max: 1 }',
      mend: 'Change one of the two. "maxLength" of a string is 255 unless told.',
    },
  },
  'invalid-pattern': {
    code: 'SC3205',
    severity: 'error',
    message: (p: { readonly pattern: string; readonly detail: string }) =>
      `"${p.pattern}" is no regular expression (${p.detail}); write one of ECMAScript with the "u" flag.`,
    explanation: {
      what: 'Patterns are ECMAScript regular expressions with the "u" flag, where only syntax characters may be escaped.',
      example: "code: { type: string, pattern: '^[A-Z$' }",
      mend: 'Correct the expression.',
    },
  },
  'unportable-pattern': {
    code: 'SC3206',
    severity: 'error',
    message: (p: { readonly pattern: string; readonly construct: string }) => `"${p.pattern}" has ${p.construct}.`,
    explanation: {
      what: 'The pattern also stands in the OpenAPI document, whose readers have other engines: look-behinds, back references, named groups and inline flags are not known to all.',
      example: "code: { type: string, pattern: '^(.)\\1$' }",
      mend: 'Say it without the construct.',
    },
  },
  'stalling-pattern': {
    code: 'SC3207',
    severity: 'error',
    message: (p: { readonly pattern: string; readonly growth: string }) =>
      `"${p.pattern}" can stall the server: its time ${p.growth}.`,
    explanation: {
      what: 'A backtracking engine tries every way to match. Where the same text can be matched in many ways, one request can take hours.',
      example: "code: { type: string, pattern: '^([a-z]+)+$' }",
      mend: 'Let no repetition, and no two repetitions in a row, match the same text: "^[a-z]+$".',
    },
  },
  'needs-example': {
    code: 'SC3208',
    severity: 'error',
    message: (p: { readonly field: string; readonly pattern: string }) =>
      `"${p.field}" needs an example: no value could be made for the pattern "${p.pattern}" within the length limits; write "example".`,
    explanation: {
      what: 'The docs show a value of each field and the compiled tests send one. It is made from the pattern where possible.',
      example: "word: { type: string, pattern: '^(?=.*qu)(?=.*zz)[a-z]+$' }",
      mend: 'Write an "example" that the field accepts, or mend the pattern and the lengths if there is none.',
    },
  },
  'unknown-state': {
    code: 'SC3209',
    severity: 'error',
    message: (p: { readonly value: string; readonly field: string; readonly hint: string }) =>
      `"${p.value}" is not a value of "${p.field}"; ${p.hint}.`,
    explanation: {
      what: 'Transitions lead from values of the field to values of the field.',
      example: 'values: [new, won]\ntransitions:\n  new: [wone]',
      mend: 'Write one of the values listed with the message, or add it to "values".',
    },
  },
  'self-transition': {
    code: 'SC3210',
    severity: 'error',
    message: (p: { readonly value: string }) =>
      `"${p.value}" leads to itself; remove it, since setting the present value is no transition and always allowed.`,
    explanation: {
      what: 'Setting the value that a row has already changes nothing, so it needs no permission.',
      example: 'transitions:\n  new: [new, won]',
      mend: 'Remove the value from its own list.',
    },
  },
  'transitions-without-default': {
    code: 'SC3211',
    severity: 'error',
    message: (p: { readonly field: string }) =>
      `"${p.field}" has transitions and no default; write "default", the value that rows start at, or "initial", those that they may.`,
    explanation: {
      what: 'A state machine starts somewhere: new rows have the default, or what a create says of "initial".',
      example: 'status: { type: enum, values: [new, won], transitions: { new: [won] } }',
      mend: 'Add "default", or "initial".',
    },
  },
  'initial-without-transitions': {
    code: 'SC3214',
    severity: 'error',
    message: (p: { readonly field: string }) =>
      `"initial" says where rows start, and "${p.field}" has no transitions that they go on by; add "transitions", or remove it.`,
    explanation: {
      what: 'Without transitions a row may have any value at any time, so that nothing is special about its first one.',
      example: 'status: { type: enum, values: [new, won], initial: [new] }',
      mend: 'Add "transitions", or remove "initial".',
    },
  },
  'invalid-schema': {
    code: 'SC3215',
    severity: 'error',
    message: (p: { readonly what: string; readonly hint: string }) => `${p.what}; ${p.hint}.`,
    explanation: {
      what: 'The schema of a json field has one type a value, keywords of that type alone, and room for some value.',
      example: 'meta: { type: json, schema: { type: string, minimum: 3 } }',
      mend: 'Change what the message names.',
    },
  },
  'stateless-transitions': {
    code: 'SC3212',
    severity: 'error',
    message: (p: { readonly field: string; readonly attribute: string }) =>
      `"${p.field}" has transitions, so it always has exactly one state; remove "${p.attribute}".`,
    explanation: {
      what: 'Null or a list of states is no state of a state machine.',
      example: 'status: { type: enum, values: [new, won], optional: true, default: new, transitions: { new: [won] } }',
      mend: 'Remove the attribute, or the transitions. A state "none" can be a value of its own.',
    },
  },
  'unreachable-state': {
    code: 'SC3213',
    severity: 'warning',
    message: (p: { readonly value: string; readonly start: string }) =>
      `"${p.value}" cannot be reached from "${p.start}"; add a transition to it, or remove it.`,
    explanation: {
      what: 'Rows start at the default or at one of "initial" and follow the transitions; no row will ever have this value.',
      example: 'values: [new, won, lost]\ndefault: new\ntransitions:\n  new: [won]',
      mend: 'Add a transition that leads there, or remove the value.',
    },
  },
} satisfies CatalogueRows;
