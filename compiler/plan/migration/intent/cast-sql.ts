import type { Cast } from '../../../model/app.ts';
import type { Column, ColumnType } from '../../database/database-schema.ts';
import { isNoDay } from '../diff/readable-text.ts';
import { unabridged, type Lost } from '../diff/type-change.ts';
import { parseTypeName } from '../../sql/type-name.ts';
import { quoteLiteral } from '../../sql/sql-text.ts';
import { typeSql } from '../table-sql.ts';

/** How the values of a column become those of its new type, as its author says; null stays null, for a backfill. */
export interface CastSql {
  /** Of a stored value. */
  readonly using: (value: string) => string;
  /** Of a stored value: true where it has no place in the new type. */
  readonly fails?: (value: string) => string;
  /** Of a stored value: true where nothing is left of it. */
  readonly empties?: (value: string) => string;
  readonly loses?: Lost;
  /** Several values may become one. */
  readonly merges?: true;
  /** The first item of a list. */
  readonly isElement?: true;
}

/** Both ends of a cast. */
export interface CastEnds {
  readonly from: Column;
  readonly to: Column;
  /** The app's schema, where enum types live. */
  readonly schema: string;
  /** A list holds one item at most. */
  readonly isSingle?: boolean;
}

/** A cast whose new values are SQL already. */
export type WrittenCast =
  | Exclude<Cast, { readonly kind: 'values' }>
  | {
      readonly kind: 'values';
      readonly values: readonly { readonly from: string; readonly to: string }[];
      /** All texts that the old type has; absent where they cannot be listed. */
      readonly known: readonly string[] | undefined;
    };

/** The cast as SQL; undefined where it does not say how the one becomes the other. */
export function castSql(cast: WrittenCast, ends: CastEnds): CastSql | undefined {
  switch (cast.kind) {
    case 'timeZone':
      return zoneCast(ends, quoteLiteral(cast.zone));
    case 'epoch':
      return epochCast(ends, cast.perSecond);
    case 'values':
      return valuesCast(cast, ends);
    case 'separator':
      return separatorCast(ends, quoteLiteral(cast.text));
    case 'element':
      return elementCast(ends);
    default:
      return cast satisfies never;
  }
}

/** An example of each key that says how the one type becomes the other. */
export function fittingCasts(ends: CastEnds): readonly string[] {
  const casts: readonly (readonly [WrittenCast, string])[] = [
    [{ kind: 'timeZone', zone: 'UTC' }, 'timeZone: Europe/Paris'],
    [{ kind: 'epoch', perSecond: 1 }, 'epoch: seconds'],
    [{ kind: 'separator', text: ',' }, 'separator: ","'],
    [{ kind: 'element' }, 'element: first'],
    [{ kind: 'values', values: [], known: undefined }, 'values: { <old>: <new> }'],
  ];
  return casts.filter(([cast]) => castSql(cast, ends) !== undefined).map(([, text]) => text);
}

type Family = 'text' | 'number' | 'date' | 'time' | 'moment' | 'other' | 'list';

const FAMILIES: Readonly<Record<string, Family>> = {
  text: 'text',
  'character varying': 'text',
  integer: 'number',
  bigint: 'number',
  numeric: 'number',
  'double precision': 'number',
  date: 'date',
  'time without time zone': 'time',
  'timestamp with time zone': 'moment',
};

function familyOf({ name, array, enum: isEnum }: ColumnType): Family {
  if (array === true) return 'list';
  return isEnum === true ? 'other' : (FAMILIES[parseTypeName(name).base] ?? 'other');
}

const ISO =
  '^[ \\t\\n\\v\\f\\r]*(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)?)?[ \\t\\n\\v\\f\\r]*$';
const OFFSET = '(Z|:[0-9.]+[+-]\\d{2}(:?\\d{2})?)\\s*$';

/** Seconds from 1970 to the first and the last moment of the years 0001 to 9999, the only ones that ISO 8601 has four digits for. */
const FIRST = '-62135596800';
const LAST = '253402300799.999999';

/** Whether a moment is of no year that the API can speak. */
function outside(value: string): string {
  return `${value} not between '0001-01-01 00:00:00+00'::timestamptz and '9999-12-31 23:59:59.999999+00'::timestamptz`;
}

/** A value that fails, as no value of its new type, where the API could not speak it. */
function spoken(
  { type }: Column,
  using: (value: string) => string,
  fails: (value: string) => string,
): Required<Pick<CastSql, 'using' | 'fails'>> {
  const failing = (value: string): string => `('out of range: ' || ${value}::text)::${type.name}`;
  return {
    using: (value) => `case when ${fails(value)} then ${failing(value)} else ${using(value)} end`,
    fails,
  };
}

function zoneCast({ from, to }: CastEnds, zone: string): CastSql | undefined {
  const there = (value: string): string => `${value} at time zone ${zone}`;
  switch (`${familyOf(from.type)} > ${familyOf(to.type)}`) {
    case 'moment > date':
      return { using: (value) => `(${there(value)})::date`, loses: true };
    case 'moment > time':
      return { using: (value) => `(${there(value)})::time`, loses: true };
    case 'moment > text': {
      return { ...fittingText(to, (value) => `to_char(${there(value)}, 'YYYY-MM-DD HH24:MI:SS')`), loses: true };
    }
    case 'date > moment': {
      const start = (value: string): string => `(${value}::timestamp at time zone ${zone})`;
      return spoken(to, start, (value) => outside(start(value)));
    }
    case 'text > moment': {
      const read = (value: string): string =>
        `(case when ${value} ~* ${quoteLiteral(OFFSET)} then ${value}::timestamptz else ${value}::timestamp at time zone ${zone} end)`;
      const isOutside = (value: string): string => outside(read(value));
      return {
        merges: true,
        using: spoken(to, read, isOutside).using,
        fails: (value) =>
          `case when ${value} !~* ${quoteLiteral(ISO)} then true when ${isNoDay(value)} then true else ${isOutside(value)} end`,
      };
    }
    default:
      return undefined;
  }
}

function epochCast({ from, to }: CastEnds, perSecond: number): CastSql | undefined {
  const ends = `${familyOf(from.type)} > ${familyOf(to.type)}`;
  if (ends === 'number > moment') {
    const moment = (value: string): string => `to_timestamp(${value}::double precision / ${perSecond})`;
    if (!isWide(from)) return { using: moment };
    const fails = (value: string): string => `${value}::numeric / ${perSecond} not between ${FIRST} and ${LAST}`;
    return { ...spoken(to, moment, fails), merges: true };
  }
  if (ends !== 'moment > number') return undefined;
  const { base } = parseTypeName(to.type.name);
  const count = (value: string): string => `floor(extract(epoch from ${value}) * ${perSecond})`;
  const using = (value: string): string => `${count(value)}::${to.type.name}`;
  const fails = (value: string): string => `${count(value)} not between -2147483648 and 2147483647`;
  return { using, loses: true, ...(base === 'integer' && { fails }) };
}

/** Whether a number may be of no moment. */
function isWide({ type }: Column): boolean {
  return parseTypeName(type.name).base !== 'integer';
}

/** What has a text of its own whatever the session. */
function valuesCast(
  { values, known }: Extract<WrittenCast, { readonly kind: 'values' }>,
  { from, to, schema }: CastEnds,
): CastSql | undefined {
  if (familyOf(from.type) === 'moment' || from.type.array === true) return undefined;
  const type = typeSql(schema, to.type);
  const whens = values.map((item) => `when ${quoteLiteral(item.from)} then ${item.to}`);
  const using = (value: string): string => `(case ${value}::text ${whens.join(' ')} end)::${type}`;
  const listed = values.map((item) => item.from);
  const merges = new Set(values.map((item) => item.to)).size < values.length ? ({ merges: true } as const) : {};
  if (known?.every((value) => listed.includes(value)) === true) return { using, ...merges };
  return { using, ...merges, empties: (value) => `${value}::text not in (${listed.map(quoteLiteral).join(', ')})` };
}

function separatorCast({ from, to }: CastEnds, separator: string): CastSql | undefined {
  if (isTexts(from.type) && familyOf(to.type) === 'text') {
    const text = (value: string): string => `array_to_string(${value}, ${separator})`;
    const joined = (value: string): string =>
      to.notNull ? text(value) : `case when cardinality(${value}) > 0 then ${text(value)} end`;
    // An item that holds the separator, and one item that is empty, cannot be told apart from others; nor can no item
    // from an empty text.
    const none = (value: string): string => (to.notNull ? ` or cardinality(${value}) = 0` : '');
    const loses = (value: string): string =>
      `string_to_array(${text(value)}, ${separator}) is distinct from ${value}::text[]${none(value)}`;
    return { ...fittingText(to, (value) => `(${joined(value)})`), loses };
  }
  if (familyOf(from.type) !== 'text' || !isTexts(to.type)) return undefined;
  const parts = (value: string): string => `string_to_array(${value}, ${separator})`;
  const [[had], [limit]] = [parseTypeName(from.type.name).modifiers, parseTypeName(to.type.name).modifiers];
  // No part is longer than the whole.
  if (limit === undefined || (had !== undefined && had <= limit)) return { using: parts };
  const fails = (value: string): string =>
    `exists (select from unnest(${parts(value)}) part where char_length(part) > ${limit})`;
  // Postgres drops blanks at the end of a part that is too long.
  const using = (value: string): string =>
    `case when ${parts(value)}::${to.type.name}[]::text[] = ${parts(value)} then ${parts(value)} else array_append(${parts(value)}, repeat('.', ${limit + 1})) end`;
  return { using, fails };
}

function elementCast({ from, to, isSingle = false }: CastEnds): CastSql | undefined {
  if (from.type.name !== to.type.name || from.type.array === to.type.array) return undefined;
  if (to.type.array === true) {
    return {
      using: from.notNull
        ? (value) => `array[${value}]`
        : (value) => `case when ${value} is not null then array[${value}] end`,
    };
  }
  const empties = (value: string): string => `${value} is not null and ${firstOf(value)} is null`;
  // Of one item at most nothing is left out, and none is no value.
  if (isSingle && !to.notNull) return { using: firstOf, isElement: true };
  return { using: firstOf, isElement: true, ...(!isSingle && { loses: hasMore }), empties };
}

function hasMore(value: string): string {
  return `cardinality(${value}) > 1`;
}

function firstOf(value: string): string {
  return `${value}[1]`;
}

function isTexts({ name, array, enum: isEnum }: ColumnType): boolean {
  return array === true && isEnum !== true && FAMILIES[parseTypeName(name).base] === 'text';
}

/** A text that fails where it is too long for its column. */
function fittingText(to: Column, text: (value: string) => string): Pick<CastSql, 'using' | 'fails'> {
  const [limit] = parseTypeName(to.type.name).modifiers;
  if (limit === undefined) return { using: text };
  return {
    using: (value) => unabridged(text(value), limit),
    fails: (value) => `char_length(${text(value)}) > ${limit}`,
  };
}
