import type { ColumnType, EnumType } from '../../database/database-schema.ts';
import { parseTypeName, type TypeName } from '../../sql/type-name.ts';
import { quoteLiteral } from '../../sql/sql-text.ts';
import { isNoJson } from './json-text.ts';

/** What a change of type does to a column. */
export type TypeChange =
  /** The catalogue alone changes. */
  | { readonly kind: 'free' }
  | {
      readonly kind: 'rewrite';
      /** Values change that cannot be had back: digits, times. */
      readonly loses?: true;
      /** The same value afterwards, though it may have been written otherwise: `007`, or JSON with its own spaces. */
      readonly respells?: true;
      /** Several values may become one, though nothing is lost of any. */
      readonly merges?: true;
      /** Of a value `v`: true where it has no place in the new type. */
      readonly fails?: (value: string) => string;
      /** Of a value `v`: true where nothing is left of it. */
      readonly empties?: (value: string) => string;
      /** Postgres makes no such cast by itself; of a value `v`. */
      readonly using?: (value: string) => string;
      /** Its author says what becomes of each value. */
      readonly isDeclared?: true;
      /** The first item of a list. */
      readonly isElement?: true;
      /** Another kind of value: expressions over the column are no longer its own. */
      readonly isOtherKind: boolean;
    }
  /** Depends on what the author means, or on the session. */
  | { readonly kind: 'undeclared' };

const FREE: TypeChange = { kind: 'free' };
const UNDECLARED: TypeChange = { kind: 'undeclared' };
const SAFE: TypeChange = { kind: 'rewrite', isOtherKind: false };
const SAFE_OTHER: TypeChange = { kind: 'rewrite', isOtherKind: true };

/** The values of an enum type, before or after. */
export interface EnumLists {
  readonly from: readonly EnumType[];
  readonly to: readonly EnumType[];
  /** How the schema spells a type of its own. */
  readonly typeSql: (type: ColumnType) => string;
}

/** How values of one type become values of another without the author's help. */
export function typeChange(from: ColumnType, to: ColumnType, enums: EnumLists): TypeChange {
  if ((from.array === true) !== (to.array === true)) return UNDECLARED;
  if (from.enum === true || to.enum === true) return enumChange(from, to, enums);
  const [old, next] = [parseTypeName(from.name), parseTypeName(to.name)];
  return from.array === true ? arrayChange(old, next) : scalarChange(old, next);
}

/** No array is checked value by value here: what could fail or lose must be declared. */
function arrayChange(old: TypeName, next: TypeName): TypeChange {
  const change = scalarChange(old, next);
  if (change.kind === 'undeclared') return change;
  if (change.kind === 'rewrite' && (change.loses ?? change.fails ?? change.using) !== undefined) return UNDECLARED;
  // A rule over a list names the type of its items.
  if (old.base !== next.base) return SAFE_OTHER;
  // Postgres holds each item to its length or digits by writing all rows anew.
  return next.modifiers.length > 0 ? SAFE : change;
}

function enumChange(from: ColumnType, to: ColumnType, enums: EnumLists): TypeChange {
  const allowed = to.enum === true ? (enums.to.find(({ name }) => name === to.name)?.values ?? []) : [];
  if (from.enum === true && to.enum === true) {
    const known = enums.from.find(({ name }) => name === from.name)?.values ?? [];
    const lost = known.filter((value) => !allowed.includes(value));
    const text = from.array === true ? 'text[]' : 'text';
    const using = (value: string): string => `${value}::${text}::${enums.typeSql(to)}`;
    if (lost.length === 0) return { kind: 'rewrite', using, isOtherKind: true };
    if (from.array === true) return UNDECLARED;
    return { kind: 'rewrite', using, fails: (value) => `${value}::text in (${list(lost)})`, isOtherKind: true };
  }
  const other = parseTypeName(from.enum === true ? to.name : from.name);
  if (from.enum === true) return enumToText(from, other, enums);
  if (!TEXTS.includes(other.base) || from.array === true) return UNDECLARED;
  const using = (value: string): string => `${value}::${enums.typeSql(to)}`;
  return { kind: 'rewrite', using, fails: (value) => `${value} not in (${list(allowed)})`, isOtherKind: true };
}

function enumToText(from: ColumnType, other: TypeName, enums: EnumLists): TypeChange {
  if (!TEXTS.includes(other.base)) return UNDECLARED;
  const using = (value: string): string => `${value}::text${from.array === true ? '[]' : ''}`;
  const [limit] = other.modifiers;
  const values = enums.from.find(({ name }) => name === from.name)?.values ?? [];
  const isShort = limit === undefined || values.every((value) => [...value].length <= limit);
  if (isShort) return { kind: 'rewrite', using, isOtherKind: true };
  if (from.array === true) return UNDECLARED;
  return { kind: 'rewrite', ...fitting(limit, using), isOtherKind: true };
}

function list(values: readonly string[]): string {
  return values.map(quoteLiteral).join(', ');
}

const TEXTS: readonly string[] = ['text', 'character varying', 'character'];
const WHOLE: Readonly<Record<string, readonly [string, string, number]>> = {
  smallint: ['-32768', '32767', 5],
  integer: ['-2147483648', '2147483647', 10],
  bigint: ['-9223372036854775808', '9223372036854775807', 19],
};
const FLOATS: readonly string[] = ['real', 'double precision'];

function scalarChange(old: TypeName, next: TypeName): TypeChange {
  if (TEXTS.includes(next.base)) return toText(old, next);
  if (TEXTS.includes(old.base)) return fromText(next);
  if (isNumber(old.base) && isNumber(next.base)) return numberChange(old, next);
  if (old.base === next.base) return precisionChange(old, next);
  return OTHERS[`${old.base} > ${next.base}`] ?? UNDECLARED;
}

/** Casts that Postgres makes by itself, whatever the session. */
const OTHERS: Readonly<Record<string, TypeChange>> = {
  'json > jsonb': { kind: 'rewrite', respells: true, isOtherKind: false },
  'jsonb > json': SAFE,
  'date > timestamp without time zone': SAFE_OTHER,
  'timestamp without time zone > date': { kind: 'rewrite', loses: true, isOtherKind: true },
  'timestamp without time zone > time without time zone': { kind: 'rewrite', loses: true, isOtherKind: true },
  'time without time zone > interval': SAFE_OTHER,
  'cidr > inet': FREE,
  'inet > cidr': { kind: 'rewrite', loses: true, isOtherKind: false },
  'macaddr > macaddr8': SAFE,
};

function toText(old: TypeName, next: TypeName): TypeChange {
  const [limit] = next.modifiers;
  if (TEXTS.includes(old.base)) return textChange(old, next);
  if (old.base === 'citext') {
    return limit === undefined ? FREE : { kind: 'rewrite', ...fitting(limit), isOtherKind: false };
  }
  // Its text depends on the time zone of the session.
  if (old.base.endsWith('with time zone')) return UNDECLARED;
  const longest = LONGEST[old.base];
  if (limit === undefined || (longest !== undefined && longest <= limit)) return SAFE_OTHER;
  return { kind: 'rewrite', ...fitting(limit, (value) => `${value}::text`), isOtherKind: true };
}

/** Characters of the longest value. */
const LONGEST: Readonly<Record<string, number>> = {
  uuid: 36,
  boolean: 5,
  smallint: 6,
  integer: 11,
  bigint: 20,
  'double precision': 24,
  date: 13,
  'time without time zone': 15,
};

/** A text that fails where it is too long. */
function fitting(
  limit: number,
  text: (value: string) => string = (value) => value,
): { readonly using: (value: string) => string; readonly fails: (value: string) => string } {
  return {
    using: (value) => unabridged(text(value), limit),
    fails: (value) => `char_length(${text(value)}) > ${limit}`,
  };
}

/** Postgres takes a text that is too long by nothing but blanks, and drops those: with a mark at its end it does not. */
export function unabridged(text: string, limit: number): string {
  return `${text} || case when char_length(${text}) > ${limit} then '.' else '' end`;
}

function textChange(old: TypeName, next: TypeName): TypeChange {
  const [had] = old.modifiers;
  const [limit] = next.modifiers;
  const padded = old.base === 'character' || next.base === 'character';
  if (limit === undefined) return padded && old.base !== next.base ? SAFE : FREE;
  if (had !== undefined && had <= limit) return padded ? SAFE : FREE;
  return { kind: 'rewrite', ...fitting(limit), isOtherKind: false };
}

/** Read as Postgres reads it; only where the reading depends on nothing but the text. */
function fromText(next: TypeName): TypeChange {
  const isUnreadable = unreadable(next.base);
  if (next.base === 'citext') return FREE;
  if (isUnreadable === undefined || (next.modifiers.length > 0 && next.base !== 'numeric')) return UNDECLARED;
  const using = (value: string): string => `${value}::${next.base}`;
  const digits = next.modifiers.length === 0 ? undefined : toNumeric({ base: 'numeric', modifiers: [] }, next);
  const respells = next.base === 'json' ? {} : ({ respells: true } as const);
  if (digits?.kind !== 'rewrite') {
    return { kind: 'rewrite', using, ...respells, fails: isUnreadable, isOtherKind: true };
  }
  // Read as a number first, then cut to the digits that it may have.
  const isTooLong = (value: string): string => digits.fails?.(value) ?? 'false';
  const fails = (value: string): string => `case when ${isUnreadable(value)} then true else ${isTooLong(value)} end`;
  return { ...digits, ...respells, using, fails, isOtherKind: true };
}

/** Of a text: true where it does not have the form, or says a value that is none. */
function unreadable(base: string): ((value: string) => string) | undefined {
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

function isNumber(base: string): boolean {
  return base in WHOLE || FLOATS.includes(base) || base === 'numeric';
}

function numberChange(old: TypeName, next: TypeName): TypeChange {
  const range = WHOLE[next.base];
  const [low, high] = range ?? ['', ''];
  const outside = (value: string): string => `${value} not between ${low} and ${high}`;
  const had = WHOLE[old.base];
  if (range !== undefined && had !== undefined) {
    return had[2] <= range[2] ? SAFE : { kind: 'rewrite', fails: outside, isOtherKind: false };
  }
  if (range !== undefined) return { kind: 'rewrite', loses: true, fails: outside, isOtherKind: false };
  if (FLOATS.includes(next.base)) return toFloat(old, next);
  return toNumeric(old, next);
}

function toFloat(old: TypeName, next: TypeName): TypeChange {
  const isExact =
    old.base === 'smallint' || (next.base === 'double precision' && (old.base === 'integer' || old.base === 'real'));
  return isExact || old.base === next.base ? SAFE : { kind: 'rewrite', loses: true, isOtherKind: false };
}

function toNumeric(old: TypeName, next: TypeName): TypeChange {
  const [precision, scale = 0] = next.modifiers;
  if (precision === undefined) return old.base === 'numeric' ? FREE : SAFE;
  const had = digitsOf(old);
  const whole = precision - scale;
  const loses = had.scale > scale;
  const mayFail = had.whole > whole;
  if (!loses && !mayFail) return old.base === 'numeric' && had.scale === scale ? FREE : SAFE;
  return {
    kind: 'rewrite',
    ...(loses ? { loses: true } : {}),
    ...(mayFail ? { fails: (value: string) => `abs(round(${value}::numeric, ${scale})) >= 1e${whole}` } : {}),
    isOtherKind: false,
  };
}

/** Most digits before and after the point. */
function digitsOf({ base, modifiers }: TypeName): { readonly whole: number; readonly scale: number } {
  const range = WHOLE[base];
  if (range !== undefined) return { whole: range[2], scale: 0 };
  const [precision, scale = 0] = modifiers;
  return precision === undefined ? { whole: Infinity, scale: Infinity } : { whole: precision - scale, scale };
}

/** Of times and bits: fewer digits lose. */
function precisionChange(old: TypeName, next: TypeName): TypeChange {
  const [had, limit] = [old.modifiers[0], next.modifiers[0]];
  const isTime = /^(time|interval)/.test(old.base);
  if (limit === undefined || (had !== undefined && had <= limit)) {
    return isTime || old.base === 'bit varying' ? FREE : SAFE;
  }
  return isTime ? { kind: 'rewrite', loses: true, isOtherKind: false } : UNDECLARED;
}
