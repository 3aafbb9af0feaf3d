import { sql, type Compilable, type Kysely, type RawBuilder } from 'kysely';
import type { Database } from '../database/database.ts';
import type { RawRow } from '../database/raw-row.ts';
import { arrayLiteral } from './codecs.ts';
import { VERSION, type Column } from './columns.ts';
import {
  expansionOf,
  ID_AT,
  ROW,
  type Expansion,
  type ExpandSpec,
  type Level,
  type ListBelow,
  type RowsQuery,
} from './expansions.ts';
import { orderBy, type OrderTerm } from './keyset.ts';
import type { JsonWriter } from './json-writer.ts';
import { IDS } from './many-ids.ts';
import { MAX_VARIANTS } from './repository-definition.ts';
import type { RowsBelow } from './row-writer.ts';
import { RANK } from './search.ts';
import type { Shown } from './shown-query.ts';
import { compileStatement, param, type CompiledStatement, type PreparedNames } from './statements.ts';
import { Variants } from './variants.ts';

/** Most rows of one list below a row, the oldest first; the rest is in the list of their own entity. */
export const MAX_BELOW = 100;

/** What a request expands, with its statements. */
export interface ExpandStatements {
  /** Joins to the rows of a query the rows that it links to, in the order given. */
  join(query: RowsQuery, paths: readonly string[], order: readonly OrderTerm[]): Compilable;
  /** How each of the rows is written: what is shown of it, with what it links to. */
  writer(on: Database, rows: readonly RawRow[], shown: Shown): Promise<(json: JsonWriter, row: RawRow) => void>;
}

/** Expansions of one entity: each set of paths is laid out and compiled when first asked for. */
export function expandStatements<Schema>(
  definition: { readonly schema: string; readonly expand?: Readonly<Record<string, ExpandSpec>> },
  db: Kysely<Schema>,
  names: PreparedNames,
  columns: readonly Column[],
): ExpandStatements {
  const { schema, expand = {} } = definition;
  const layouts = new Variants<Expansion>(MAX_VARIANTS);
  const lists = new Variants<CompiledStatement>(MAX_VARIANTS);
  const layoutOf = (shown: Shown): Expansion =>
    layouts.get(`${shown.expand.join()}|${shown.fields.join()}`, () => expansionOf(columns, expand, shown));
  const listStatement = (list: ListBelow): CompiledStatement =>
    lists.get([list.key, ...list.joined.map(({ name }) => name)].join(), () =>
      compileStatement(compilable(db, rowsBelow(schema, list)), names),
    );

  const readList = async (
    on: Database,
    list: ListBelow,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, readonly RawRow[]>> => {
    if (ids.length === 0) return new Map();
    const statement = listStatement(list).bind({ [IDS]: arrayLiteral(ids), below: String(MAX_BELOW) });
    const { raw = [] } = await on.query({ ...statement, raw: true });
    const aboveAt = ID_AT + [list, ...list.joined].reduce((sum, { columns: own }) => sum + own.length, 0);
    return Map.groupBy(raw, (row) => row.text(aboveAt) ?? '');
  };

  return {
    join: (query, paths, order) =>
      compilable(db, joinedRows(schema, query, layoutOf({ expand: paths, fields: [] }), order)),
    writer: async (on, rows, shown) => {
      const { write, lists: wanted } = layoutOf(shown);
      const ids = [...new Set(rows.map((row) => row.text(ID_AT) ?? ''))];
      const below = new Map<string, ReadonlyMap<string, readonly RawRow[]>>();
      for (const list of wanted) below.set(list.key, await readList(on, list, ids));
      return (json, row) => write(json, row, below satisfies RowsBelow);
    },
  };
}

function compilable<Schema>(db: Kysely<Schema>, query: RawBuilder<unknown>): Compilable {
  return { compile: () => query.compile(db) };
}

function joinedRows(schema: string, query: RowsQuery, level: Level, order: readonly OrderTerm[]) {
  const terms = order.map(({ expression: _computed, ...term }) => ({ ...term, column: `${ROW}.${term.column}` }));
  const ranked = order.some(({ column }) => column === RANK) ? [sql.id(ROW, RANK)] : [];
  const sorted = terms.length === 0 ? sql`` : sql` order by ${orderBy(terms)}`;
  return sql`select ${sql.join([selected(level), ...ranked])} from ${query} as ${sql.id(ROW)}${joins(schema, level)}${sorted}`;
}

/** For each row above, its own few: a lateral join reads no more of a long list than it shows. */
function rowsBelow(schema: string, list: ListBelow) {
  const { spec, columns } = list;
  const own = sql.join([VERSION, ...columns.map(({ column }) => column)].map((column) => sql.id(column)));
  const above = sql.id('above', 'id');
  return sql`select ${selected(list)}, ${above} from ${sql.id(schema, spec.of)} as ${sql.id('above')}
cross join lateral (select ${own} from ${sql.id(schema, spec.table)} where ${sql.id(spec.by)} = ${above} order by created_at, id limit ${param('below')}) as ${sql.id(ROW)}${joins(schema, list)}
where ${above} = any(${param(IDS)}) order by ${sql.id(ROW, 'created_at')}, ${sql.id(ROW, 'id')}`;
}

function selected({ columns: plain, joined }: Level) {
  const columns = joined.flatMap(({ name, columns: own }) => own.map(({ column }) => sql.id(name, column)));
  const row = [VERSION, ...plain.map(({ column }) => column)].map((column) => sql.id(ROW, column));
  return sql.join([...row, ...columns]);
}

function joins(schema: string, { joined }: Level) {
  const parts = joined.map(
    ({ name, table, to }) =>
      sql` left join ${sql.id(schema, table)} as ${sql.id(name)} on ${sql.id(name, 'id')} = ${sql.id(...to)}`,
  );
  return parts.length === 0 ? sql`` : sql.join(parts, sql``);
}
