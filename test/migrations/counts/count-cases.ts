/** A change of the field `x` of the entity Lead. */
export interface CountCase {
  readonly before: string;
  readonly after: string;
  readonly migration: string;
  /** SQL values of `x`: rows that pass, and rows each of which alone is in the way. */
  readonly fits: readonly string[];
  readonly fails: readonly string[];
}

const TEXT = '{ type: string, maxLength: 40 }';
const CHANGE = 'allow: [change field Lead.x]';

/** Kinds of change that may fail on rows. */
export const COUNT_CASES: Readonly<Record<string, CountCase>> = {
  'a text to a whole number': {
    before: TEXT,
    after: '{ type: integer }',
    migration: CHANGE,
    fits: ["'12'", "' -7 '", "'2147483647'", "'\t0012'"],
    fails: ["'x'", "'\u20037'", "'٣'", "repeat('9', 30)", "''", "'2147483648'", "'99999999999999999999'"],
  },
  'a text to a number': {
    before: TEXT,
    after: '{ type: number }',
    migration: 'allow: [change field Lead.x, check field Lead.x]',
    fits: ["'1e300'", "'0'", "'-.5'"],
    fails: ["'1e400'", "'1e-400'", "'1e200000'", "'x'"],
  },
  'a whole number to a number': {
    before: '{ type: bigint }',
    after: '{ type: number }',
    migration: CHANGE,
    fits: ['7'],
    fails: [],
  },
  'a whole number with one bound to a decimal of fewer digits': {
    before: '{ type: integer, max: 100000 }',
    after: '{ type: decimal, precision: 8, scale: 1, max: "100000" }',
    migration: CHANGE,
    fits: ['100000', '-9999999'],
    fails: ['-10000000'],
  },
  'a text to a shorter one, of which blanks count too': {
    before: TEXT,
    after: '{ type: string, maxLength: 5 }',
    migration: CHANGE,
    fits: ["'abcde'", "'ab   '"],
    fails: ["'abcdef'", "'ab' || repeat(' ', 18)"],
  },
  'a long text to a shorter one, of which blanks count too': {
    before: '{ type: text }',
    after: '{ type: string, maxLength: 5 }',
    migration: CHANGE,
    fits: ["'abcde'"],
    fails: ["'ab' || repeat(' ', 18)"],
  },
  'a day to a text': {
    before: '{ type: date }',
    after: TEXT,
    migration: 'allow: [rewrite entity Lead]',
    fits: ["'5874897-12-31'"],
    fails: [],
  },
  'a time to a text': {
    before: '{ type: time }',
    after: TEXT,
    migration: 'allow: [rewrite entity Lead]',
    fits: ["'23:59:59.999999'"],
    fails: [],
  },
  'a text to JSON': {
    before: '{ type: text }',
    after: '{ type: json }',
    migration: CHANGE,
    fits: [
      `'{"a": [1, -0.5e3, {"b": [] }], "c\\"SV": "\\u00e9 \\ud83d\\ude00", "": null}'`,
      `' "S" '`,
      `'[[], {}, true ,false]'`,
      "'0'",
      "'-12'",
    ],
    fails: [
      "'{bad'",
      "'TRUE'",
      "''",
      "'01'",
      "'1.'",
      "'[1,]'",
      '\'{"a":1,}\'',
      "'{1:2}'",
      `'"a'`,
      `'"\\u0000"'`,
      `'"\\ud83d"'`,
      `'"\\x"'`,
      `'["\\x","b"]'`,
      `E'"\\t"'`,
      "'1 2'",
      "'truefalse'",
      "'[1}'",
    ],
  },
  'a text to a day': {
    before: TEXT,
    after: '{ type: date }',
    migration: CHANGE,
    fits: ["'2024-02-29'", "' 2026-12-31'", "'\t2026-12-31'"],
    fails: ["'2026-02-29'", "'2026-13-01'", "'0000-01-01'", "'x'"],
  },
  'a text to a condition': {
    before: TEXT,
    after: '{ type: boolean }',
    migration: CHANGE,
    fits: ["'yes'", "'tru'", "'OFF'"],
    fails: ["'o'", "'maybe'"],
  },
  'a text to an identity': {
    before: TEXT,
    after: '{ type: uuid }',
    migration: CHANGE,
    fits: [
      "'{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}'",
      "'a0eebc999c0b4ef8bb6d6bb9bd380a11'",
      "'a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11'",
    ],
    fails: [
      "'{a0eebc999c0b4ef8bb6d6bb9bd380a11'",
      "'a0eebc999c0b4ef8bb6d6bb9bd380a11}'",
      "' a0eebc999c0b4ef8bb6d6bb9bd380a11'",
    ],
  },
  'a text to a moment': {
    before: TEXT,
    after: '{ type: datetime }',
    migration: `${CHANGE}\n  cast: { Lead.x: { timeZone: UTC } }`,
    fits: ["'2026-02-01T09:30:00Z'", "'2026-02-01'", "'0001-01-01'", "'9999-12-31 23:59:59.999999Z'"],
    fails: ["'2026-02-30'", "'2026-02-01 25:00'", "'2026-13-01'", "'9999-12-31 23:00:00-05'", "'0001-01-01T00:00+01'"],
  },
  'a day to a moment': {
    before: '{ type: date, optional: true }',
    after: '{ type: datetime, optional: true }',
    migration: `${CHANGE}\n  cast: { Lead.x: { timeZone: Europe/Paris } }`,
    fits: ["'0001-01-02'", "'9999-12-31'", 'null'],
    fails: ["'0001-01-01'", "'10000-01-02'"],
  },
  'milliseconds to a moment': {
    before: '{ type: bigint }',
    after: '{ type: datetime }',
    migration: `${CHANGE}\n  cast: { Lead.x: { epoch: milliseconds } }`,
    fits: ['253402300799999', '-62135596800000', '0'],
    fails: ['253402300800000', '-62135596800001', '9007199254740993'],
  },
  'a number to a moment': {
    before: '{ type: bigint }',
    after: '{ type: datetime }',
    migration: `${CHANGE}\n  cast: { Lead.x: { epoch: seconds } }`,
    fits: ['0', '-1'],
    fails: ['253402300800', '9223372036854775'],
  },
  'a text to a number with a bound': {
    before: TEXT,
    after: '{ type: integer, min: 3 }',
    migration: 'allow: [change field Lead.x, check field Lead.x]',
    fits: ["'3'"],
    fails: ["'2'", "'x'"],
  },
  'a text to one of some': {
    before: TEXT,
    after: '{ type: enum, values: [new, won] }',
    migration: CHANGE,
    fits: ["'new'"],
    fails: ["'lost'"],
  },
  'words to numbers of which no two may be alike': {
    before: '{ type: enum, values: [one, uno, two] }',
    after: '{ type: integer, unique: true }',
    migration:
      'allow: [rewrite entity Lead, check field Lead.x]\n  cast: { Lead.x: { values: { one: 1, uno: 1, two: 2 } } }',
    fits: ["'one'", "'two'"],
    fails: ["'uno'"],
  },
  'texts of which no two are alike to whole numbers': {
    before: '{ type: string, maxLength: 40, unique: true }',
    after: '{ type: integer, unique: true }',
    migration: 'allow: [change field Lead.x, check field Lead.x]',
    fits: ["'1'", "'2'"],
    fails: ["'01'", "'x'"],
  },
  'moments of which no two are alike to days': {
    before: '{ type: datetime, unique: true }',
    after: '{ type: date, unique: true }',
    migration:
      'allow: [rewrite entity Lead, change field Lead.x, check field Lead.x]\n  cast: { Lead.x: { timeZone: UTC } }',
    fits: ["'2026-01-01 10:00Z'", "'2026-01-02 10:00Z'"],
    fails: ["'2026-01-01 11:00Z'"],
  },
  'decimals of which no two are alike to shorter ones': {
    before: '{ type: decimal, precision: 12, scale: 4, unique: true, min: "0" }',
    after: '{ type: decimal, precision: 12, scale: 2, unique: true, min: "0" }',
    migration: 'allow: [change field Lead.x, check field Lead.x]',
    fits: ['1.0012', '2'],
    fails: ['1.0013'],
  },
  'values of which no two are alike, and one for all that have none': {
    before: '{ type: string, maxLength: 40, unique: true, optional: true }',
    after: '{ type: string, maxLength: 40, unique: true }',
    migration: 'allow: [check field Lead.x]\n  backfill: { Lead.x: same }',
    fits: ["'other'", 'null'],
    fails: ["'same'", 'null'],
  },
  'values of which no two may be alike, and one for all that have none': {
    before: '{ type: string, maxLength: 40, optional: true }',
    after: '{ type: string, maxLength: 40, unique: true }',
    migration: 'allow: [check field Lead.x]\n  backfill: { Lead.x: same }',
    fits: ["'other'", 'null'],
    fails: ["'same'", 'null', "'other'"],
  },
  'a value of which no two may be alike, for all': {
    before: TEXT,
    after: `${TEXT}\n  u: { type: integer, unique: true, default: 1 }`,
    migration: 'allow: [check field Lead.u]',
    fits: ["'a'"],
    fails: ["'b'"],
  },
  'a value of which no two may be alike, for all that are there': {
    before: TEXT,
    after: `${TEXT}\n  u: { type: integer, unique: true }`,
    migration: 'allow: [check field Lead.u]\n  backfill: { Lead.u: 1 }',
    fits: ["'a'"],
    fails: ["'b'"],
  },
  'a value of which no two may be alike, for none that is there': {
    before: TEXT,
    after: `${TEXT}\n  u: { type: integer, unique: true }`,
    migration: 'allow: [require field Lead.u]',
    fits: [],
    fails: ["'a'"],
  },
  'a text to several, not too many': {
    before: TEXT,
    after: '{ type: string, maxLength: 40, many: true, maxItems: 2 }',
    migration: 'allow: [rewrite entity Lead, check field Lead.x]\n  cast: { Lead.x: { separator: "," } }',
    fits: ["'a,b'"],
    fails: ["'a,b,c'"],
  },
  'a text to several shorter ones, of which blanks count too': {
    before: TEXT,
    after: '{ type: string, maxLength: 3, many: true }',
    migration:
      'allow: [rewrite entity Lead, change field Lead.x, check field Lead.x]\n  cast: { Lead.x: { separator: "," } }',
    fits: ["'a,b  '"],
    fails: ["'a,b   '", "'a    ,b'"],
  },
  'several to a text, of which blanks count too': {
    before: '{ type: string, maxLength: 9, many: true }',
    after: '{ type: string, maxLength: 5 }',
    migration: 'allow: [rewrite entity Lead, change field Lead.x]\n  cast: { Lead.x: { separator: ";" } }',
    fits: ["'{a,b}'"],
    fails: [`'{a,"b       "}'`],
  },
};
