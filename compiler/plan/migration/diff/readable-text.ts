import { quoteLiteral } from '../../sql/sql-text.ts';
import { isNoJson } from './json-text.ts';

/** Lowest and highest value of each type of whole numbers, and its most digits. */
export const WHOLE: Readonly<Record<string, readonly [string, string, number]>> = {
  smallint: ['-32768', '32767', 5],
  integer: ['-2147483648', '2147483647', 10],
  bigint: ['-9223372036854775808', '9223372036854775807', 19],
};

/** Of a text: true where it does not have the form, or says a value that is none. */
export function unreadable(base: string): ((value: string) => string) | undefined {
  if (base === 'json' || base === 'jsonb') return (value) => isNoJson(value, base);
  const pattern = READABLE[base];
  if (pattern === undefined) return undefined;
  const isOdd = (value: string): string => `${value} !~* ${quoteLiteral(pattern)}`;
  const isNone = NO_VALUE[base];
  return isNone === undefined ? isOdd : (value) => `case when ${isOdd(value)} then true else ${isNone(value)} end`;
}

function outsideOf(base: string): (value: string) => string {
  const [low, high] = WHOLE[base] ?? [];
  return (value) => `${value}::numeric not between ${low} and ${high}`;
}

/** Of a text that has the form. */
const NO_VALUE: Readonly<Record<string, (value: string) => string>> = {
  smallint: outsideOf('smallint'),
  integer: outsideOf('integer'),
  bigint: outsideOf('bigint'),
  'double precision': (value) => `${value}::numeric <> 0 and abs(${value}::numeric) not between 2.3e-308 and 1.797e308`,
  date: isNoDay,
};

/** Of a text that is a year, a month and a day of two digits first: true where the month is shorter. */
export function isNoDay(value: string): string {
  const part = (from: number, count: number): string =>
    `substr(substring(${value}, '[0-9].*'), ${from}, ${count})::integer`;
  return `${part(9, 2)} > extract(day from make_date(${part(1, 4)}, ${part(6, 2)}, 1) + interval '1 month - 1 day')`;
}

// Postgres passes over these around a value, and over no other blanks.
const BLANKS = '[ \\t\\n\\v\\f\\r]*';
const HEX = '[0-9a-f]{4}(-?[0-9a-f]{4}){7}';
// No more digits than what reads the number next can take.
const WHOLE_NUMBER = `^${BLANKS}[-+]?0*[0-9]{1,20}${BLANKS}$`;
const NUMBER = `^${BLANKS}[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[-+]?0*[0-9]{1,4})?${BLANKS}$`;

const READABLE: Readonly<Record<string, string>> = {
  smallint: WHOLE_NUMBER,
  integer: WHOLE_NUMBER,
  bigint: WHOLE_NUMBER,
  numeric: NUMBER,
  'double precision': NUMBER,
  boolean: `^${BLANKS}(t(r(ue?)?)?|y(es?)?|on|1|f(a(l(se?)?)?)?|no?|off?|0)${BLANKS}$`,
  uuid: `^(${HEX}|[{]${HEX}[}])$`,
  date: `^${BLANKS}(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])${BLANKS}$`,
  'time without time zone': `^${BLANKS}([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?${BLANKS}$`,
};
