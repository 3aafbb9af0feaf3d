import type { CatalogueRows } from '../../catalogue-row.ts';

export interface ExpressionText {
  readonly what: string;
  readonly hint: string;
}

const message = ({ what, hint }: ExpressionText): string => `${what}; ${hint}.`;

/** `SC35xx`: expressions. */
export const expressions = {
  'expression-syntax': {
    code: 'SC3501',
    severity: 'error',
    message,
    explanation: {
      what: 'Conditions and computed values are written in CEL, the Common Expression Language.',
      example: 'checks: { ordered: "record.startsAt = record.endsAt" }',
      mend: 'Compare with == and !=, join conditions with && and ||, put texts in single quotes.',
    },
  },
  'expression-name': {
    code: 'SC3502',
    severity: 'error',
    message,
    explanation: {
      what: 'A name in an expression means nothing. Expressions know "record", the row, and behind a point its fields, links, lists and rules.',
      example: 'checks: { positive: "record.amonut > 0" }',
      mend: 'Write the name as the entity declares it: a link is "record.account", its id "record.accountId".',
    },
  },
  'expression-function': {
    code: 'SC3503',
    severity: 'error',
    message,
    explanation: {
      what: 'The functions of expressions are a closed set, because each of them must mean the same in SQL and in the server.',
      example: 'rules: { recent: "record.name.endsWith(\'x\')" }',
      mend: 'Use duration, today, at, lower, size, contains, startsWith, exists, all, count, sum, min or max.',
    },
  },
  'expression-arguments': {
    code: 'SC3504',
    severity: 'error',
    message,
    explanation: {
      what: 'A function is given too many, too few or the wrong kind of arguments.',
      example: 'checks: { some: "record.items.exists(record.price > 0)" }',
      mend: 'Write it as the message shows.',
    },
  },
  'expression-types': {
    code: 'SC3505',
    severity: 'error',
    message,
    explanation: {
      what: 'Values of these types cannot be used together, or the expression yields another type than its place needs.',
      example: 'checks: { adult: "record.age > \'18\'" }',
      mend: 'Use values of one type: numbers without quotes, texts, dates and moments in single quotes.',
    },
  },
  'expression-word': {
    code: 'SC3506',
    severity: 'error',
    message,
    explanation: {
      what: 'An enum has a closed set of values, so a comparison with any other word would never be true.',
      example: 'rules: { open: "record.status == \'opne\'" }',
      mend: 'Write one of the values of the field.',
    },
  },
  'expression-literal': {
    code: 'SC3507',
    severity: 'error',
    message,
    explanation: {
      what: 'A text stands for a date, a moment, an id, a time zone or a duration, and is none.',
      example: 'rules: { recent: "record.day > \'2026-02-30\'" }',
      mend: 'Write the value as the API spells it.',
    },
  },
  'expression-place': {
    code: 'SC3508',
    severity: 'error',
    message,
    explanation: {
      what: 'The place of an expression decides what it may use: what the database keeps or indexes may not change with time.',
      example: 'checks: { future: "record.day > today(\'UTC\')" }',
      mend: 'Use what the message names, or state the condition elsewhere.',
    },
  },
  'rule-cycle': {
    code: 'SC3509',
    severity: 'error',
    message,
    explanation: {
      what: 'Rules may use other rules, as long as none of them asks for itself in the end.',
      example: 'rules: { a: "record.b", b: "record.a" }',
      mend: 'Write out what one of them means.',
    },
  },
  'computed-absent': {
    code: 'SC3510',
    severity: 'error',
    message,
    explanation: {
      what: 'A required field always has a value, and the expression has none where a field, a link or a list that it reads is empty.',
      example: 'total: { type: integer, computed: "record.a + record.b" }   # a: optional',
      mend: 'Write "optional: true" beside it, or what the value is then: record.a == null ? 0 : record.a.',
    },
  },
  'computed-chain': {
    code: 'SC3511',
    severity: 'error',
    message,
    explanation: {
      what: 'Postgres computes all generated columns of a row from its other columns, so one cannot read another.',
      example: 'gross: { type: integer, computed: "record.net * 2" }   # net: computed',
      mend: 'Write out in both what they are made of. Computed fields of other rows can be read.',
    },
  },
  'computed-circle': {
    code: 'SC3512',
    severity: 'error',
    message,
    explanation: {
      what: 'A computed field that is made of the same field of other rows would be computed without end where rows point in a circle.',
      example: 'size: { type: integer, computed: "record.parts.sum(p, p.size)" }   # parts: rows of the same entity',
      mend: 'Compute it from fields that are not computed.',
    },
  },
  'computed-cut': {
    code: 'SC3513',
    severity: 'error',
    message,
    explanation: {
      what: 'The expression is exact and can have more places than its field keeps, so that 0.49 would be kept as 0 in silence.',
      example:
        'total: { type: decimal, precision: 4, scale: 0, computed: "record.items.sum(i, i.price)" }   # price: scale 2',
      mend: 'Give the field the scale that the message names, or say where to round: round(record.price, 0).',
    },
  },
  'computed-rounded': {
    code: 'SC3514',
    severity: 'warning',
    message,
    explanation: {
      what: 'A product has the places of both factors, and its field keeps fewer: what is kept is rounded, half away from zero.',
      example: 'gross: { type: decimal, precision: 12, scale: 2, computed: "record.price * 1.19" }   # price: scale 2',
      mend: 'Say that this is meant, round(record.price * 1.19, 2), or give the field the scale that the message names.',
    },
  },
} satisfies CatalogueRows;
