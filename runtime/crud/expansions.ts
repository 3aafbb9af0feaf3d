import type { Compilable, Expression } from 'kysely';
import { lengthAt, type RawRow } from '../database/raw-row.ts';
import { columnsOf, type Column, type ColumnSpec } from './columns.ts';
import { literalOf } from './json-writer.ts';
import { NOTHING_BELOW, rowWriter, type RowPart, type RowWriter } from './row-writer.ts';
import type { Shown } from './shown-query.ts';

/** A statement that builds rows, and can stand inside another. */
export type RowsQuery = Compilable & Expression<unknown>;

/** A link that answers may follow, as compiled text declares it under its path: `account`, `account.owner`, `items`. */
export type ExpandSpec = ToOneSpec | ToManySpec | NamedSpec | NamingSpec;

/** To the one row that a column of the row above names. */
export interface ToOneSpec {
  readonly table: string;
  /** Column of the row above that holds the id. */
  readonly on: string;
  /** Asked for when first used: two entities may expand each other. */
  readonly columns: () => readonly ColumnSpec[];
}

/** To the rows that name this one. */
export interface ToManySpec {
  readonly table: string;
  /** Their column that holds the id. */
  readonly by: string;
  /** Table of the row above. */
  readonly of: string;
  readonly columns: () => readonly ColumnSpec[];
}

/** To the rows that a list of ids of the row above names, in its order. */
export interface NamedSpec {
  readonly table: string;
  /** Column of the row above that holds the ids. */
  readonly ids: string;
  /** Table of the row above. */
  readonly of: string;
  readonly columns: () => readonly ColumnSpec[];
}

/** To the rows whose list of ids names this one, in the order of their ids. */
export interface NamingSpec {
  readonly table: string;
  /** Table of the pairs that the lists make. */
  readonly pairs: string;
  /** Table of the row above. */
  readonly of: string;
  readonly columns: () => readonly ColumnSpec[];
}

/** A row joined to another, and where its columns begin in the row of text. */
export interface JoinedRow {
  /** Its path below the level, which is also its name in the statement. */
  readonly name: string;
  readonly table: string;
  /** What it is joined to: a name of the same level, and a column. */
  readonly to: readonly [name: string, column: string];
  readonly columns: readonly Column[];
}

/** Rows that one statement reads: those of a table, each with the rows joined to it. */
export interface Level {
  readonly columns: readonly Column[];
  readonly joined: readonly JoinedRow[];
  readonly write: RowWriter;
}

/** A list below each row, read by a statement of its own. */
export interface ListBelow extends Level {
  readonly key: string;
  readonly spec: Exclude<ExpandSpec, ToOneSpec>;
}

/** What a request expands: the rows joined to each row, and the lists below it. */
export interface Expansion extends Level {
  readonly lists: readonly ListBelow[];
}

/** Name of a level's own rows in its statement. */
export const ROW = 'row';

/** Where the id stands in a row of text: after its version, the columns begin with it. */
export const ID_AT = 1;

/** Lays out what a request wants to be shown; whoever asks for `account.owner` gets `account` too. */
export function expansionOf(
  columns: readonly Column[],
  specs: Readonly<Record<string, ExpandSpec>>,
  { expand: paths, fields }: Shown,
): Expansion {
  const wanted = Object.entries(specs).filter(([path]) => paths.some((asked) => `${asked}.`.startsWith(`${path}.`)));
  const isToMany = ([, spec]: readonly [string, ExpandSpec]): boolean => !('on' in spec);
  const lists = wanted.filter(isToMany).map(([key]) => key);
  const below = (key: string) =>
    wanted
      .filter(([path]) => path.startsWith(`${key}.`))
      .map(([path, spec]) => [path.slice(key.length + 1), spec] as const);
  const own = wanted.filter(([path]) => !lists.includes(path.split('.')[0] ?? ''));
  const listsBelow = wanted.flatMap(([key, spec]): readonly ListBelow[] =>
    'on' in spec ? [] : [{ key, spec, ...levelOf(columnsOf(spec.columns()), below(key), []) }],
  );
  return { ...levelOf(columns, own, listsBelow, fields), lists: listsBelow };
}

function levelOf(
  columns: readonly Column[],
  ones: readonly (readonly [string, ExpandSpec])[],
  lists: readonly ListBelow[],
  fields: readonly string[] = [],
): Level {
  const joined = ones.flatMap(([name, spec]): readonly JoinedRow[] => {
    if (!('on' in spec)) return [];
    const above = name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : ROW;
    return [{ name, table: spec.table, to: [above, spec.on], columns: columnsOf(spec.columns()) }];
  });
  const starts = startsOf(columns, joined);
  const partsBelow = (above: string): readonly RowPart[] =>
    joined
      .filter(({ to }) => to[0] === above)
      .map(({ name, columns: own }) => {
        const start = starts.get(name) ?? 0;
        const write = rowWriter(own, start, partsBelow(name));
        return {
          key: name.slice(name.lastIndexOf('.') + 1),
          write: (json, row, below) => (isAbsent(row, start) ? json.literal(NULL) : write(json, row, below)),
        };
      });
  const parts = [...partsBelow(ROW), ...lists.map(listPart)];
  return { columns, joined, write: rowWriter(columns, ID_AT, parts, fields) };
}

function listPart({ key, write }: ListBelow): RowPart {
  return {
    key,
    write: (json, row, below) => {
      const rows = below.get(key)?.get(row.text(ID_AT) ?? '') ?? [];
      json.literal(OPEN);
      for (const [index, one] of rows.entries()) {
        if (index > 0) json.literal(COMMA);
        write(json, one, NOTHING_BELOW);
      }
      json.literal(CLOSE);
    },
  };
}

const NULL = literalOf('null');
const OPEN = literalOf('[');
const COMMA = literalOf(',');
const CLOSE = literalOf(']');

/** Columns of a level stand one behind the other: version, own columns, then those of each row joined to it. */
function startsOf(columns: readonly Column[], joined: readonly JoinedRow[]): ReadonlyMap<string, number> {
  let next = ID_AT + columns.length;
  return new Map(
    joined.map(({ name, columns: own }) => {
      const start = next;
      next += own.length;
      return [name, start];
    }),
  );
}

/** A joined row that is not there has no id; every row's columns begin with it. */
function isAbsent(row: RawRow, idAt: number): boolean {
  return lengthAt(row.view, row.place(idAt)) < 0;
}
