import type { Text } from '../../../runtime/database/database.ts';

/** A change of a type that only a cast can make. */
export interface CastCase {
  readonly from: string;
  readonly to: string;
  readonly cast: string;
  /** SQL of a stored value, and the text of what it becomes. */
  readonly values: readonly (readonly [string, Text])[];
  /** A stored value that has no place in the new type; the migration fails on it, and the header warns of it. */
  readonly refused?: string;
}

const TIMES = "timestamptz '2026-01-31 23:30:15.5Z'";
/** By what they make of what. */
export const CAST_CASES: Readonly<Record<string, CastCase>> = {
  'a moment to the day there': {
    from: 'type: datetime',
    to: 'type: date',
    cast: 'timeZone: Europe/Paris',
    values: [[TIMES, '2026-02-01']],
  },
  'a moment to the time there': {
    from: 'type: datetime',
    to: 'type: time',
    cast: 'timeZone: Asia/Tokyo',
    values: [[TIMES, '08:30:15.5']],
  },
  'a moment to a text': {
    from: 'type: datetime',
    to: 'type: string, maxLength: 40',
    cast: 'timeZone: America/New_York',
    values: [[TIMES, '2026-01-31 18:30:15']],
  },
  'a day to its first moment': {
    from: 'type: date',
    to: 'type: datetime',
    cast: 'timeZone: Asia/Tokyo',
    values: [["'2026-02-01'", '2026-01-31 15:00:00+00']],
    refused: "'0001-01-01'",
  },
  'a text to a moment': {
    from: 'type: string, maxLength: 40',
    to: 'type: datetime',
    cast: 'timeZone: Asia/Tokyo',
    values: [
      ["'2026-02-01 09:30'", '2026-02-01 00:30:00+00'],
      ["'2026-02-01T09:30:00Z'", '2026-02-01 09:30:00+00'],
      ["'2026-02-01T09:30:00.5-02:00'", '2026-02-01 11:30:00.5+00'],
      ["'2026-02-01'", '2026-01-31 15:00:00+00'],
    ],
    refused: "'tomorrow, perhaps'",
  },
  'a number to a moment': {
    from: 'type: bigint',
    to: 'type: datetime',
    cast: 'epoch: milliseconds',
    values: [['1769902215500', '2026-01-31 23:30:15.5+00']],
    refused: '9223372036854775807',
  },
  'a moment to a number': {
    from: 'type: datetime',
    to: 'type: integer',
    cast: 'epoch: seconds',
    values: [[TIMES, '1769902215']],
    refused: "'2100-01-01Z'",
  },
  'a condition to words': {
    from: 'type: boolean',
    to: 'type: enum, values: [open, paid]',
    cast: 'values: { "true": paid, "false": open }',
    values: [
      ['true', 'paid'],
      ['false', 'open'],
    ],
  },
  'words to a number': {
    from: 'type: enum, values: [low, high, other]',
    to: 'type: integer',
    cast: 'values: { low: 1, high: 9 }',
    values: [
      ["'low'", '1'],
      ["'high'", '9'],
    ],
    refused: "'other'",
  },
  'a text to several': {
    from: 'type: string, maxLength: 40',
    to: 'type: string, maxLength: 5, many: true',
    cast: 'separator: ", "',
    values: [
      ["'a, b''c'", "{a,b'c}"],
      ["''", '{}'],
    ],
    refused: "'a, too long'",
  },
  'several to a text': {
    from: 'type: string, many: true',
    to: 'type: string, maxLength: 5',
    cast: 'separator: ";"',
    values: [["'{a,b}'", 'a;b']],
    refused: "'{abc,def}'",
  },
  'several or none to a text or none': {
    from: 'type: string, many: true',
    to: 'type: string, maxLength: 5, optional: true',
    cast: 'separator: ";"',
    values: [
      ["'{a,b}'", 'a;b'],
      ["'{}'", null],
    ],
    refused: "'{abc,def}'",
  },
  'one to several': {
    from: 'type: integer',
    to: 'type: integer, many: true',
    cast: 'element: first',
    values: [['7', '{7}']],
  },
  'several to one': {
    from: 'type: integer, many: true',
    to: 'type: integer',
    cast: 'element: first',
    values: [["'{7,8}'", '7']],
    refused: "'{}'",
  },
};
