import type { ColumnType, EnumType } from '../../database/database-schema.ts';
import { parseTypeName, type TypeName } from '../../sql/type-name.ts';
import { quoteLiteral } from '../../sql/sql-text.ts';
import { unreadable, WHOLE } from './readable-text.ts';

/** Part of a value goes; of a value `v`: true where it does. */
export type Lost = true | ((value: string) => string);

/** What a change of type does to a column. */
export type TypeChange =
  /** The catalogue alone changes. */
  | { readonly kind: 'free' }
  | {
      readonly kind: 'rewrite';
      /** Values change that cannot be had back: digits, times. */
      readonly loses?: Lost;
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
