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
import { IDS } from './many-ids.ts';
import type { JsonWriter } from './json-writer.ts';
import { MAX_VARIANTS } from './repository-definition.ts';
import type { RowsBelow } from './row-writer.ts';
import { RANK } from './search.ts';
import type { Shown } from './shown-query.ts';
import { compileStatement, param, type CompiledStatement, type PreparedNames } from './statements.ts';
import { Variants } from './variants.ts';

/** Most rows of one list below a row; the rest is in the list of their own entity. */
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
    const statement = listStatement(list).bind({ [IDS]: arrayLiteral(ids) });
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
  const { rows, order } = listed(schema, list);
  const sorted = (by: string) => sql.join(order.map((column) => sql.id(by, column)));
  return sql`select ${selected(list)}, ${ABOVE_ID} from ${sql.id(schema, list.spec.of)} as ${sql.id(ABOVE)}
cross join lateral (select * from (${rows}) as ${sql.id(ROW)} order by ${sorted(ROW)} limit ${sql.lit(MAX_BELOW)}) as ${sql.id(ROW)}${joins(schema, list)}
where ${ABOVE_ID} = any(${param(IDS)}) order by ${sorted(ROW)}`;
}

const ABOVE = 'above';
const ABOVE_ID = sql.id(ABOVE, 'id');
/** Where a row stands in the list that names it; no column is called so. */
const PLACE = 'place in list';

/** The rows of the list of one row above, and what they are ordered by. */
function listed(schema: string, { spec, columns }: ListBelow) {
  const table = sql`${sql.id(schema, spec.table)} as listed`;
  const own = sql.join([VERSION, ...columns.map(({ column }) => column)].map((column) => sql.id('listed', column)));
  if ('by' in spec) {
    const rows = sql`select ${own} from ${table} where ${sql.id('listed', spec.by)} = ${ABOVE_ID}`;
    return { rows, order: ['created_at', 'id'] };
  }
  if ('ids' in spec) {
    const named = sql`unnest(${sql.id(ABOVE, spec.ids)}) with ordinality as named(id, ${sql.id(PLACE)})`;
    const rows = sql`select ${own}, named.${sql.id(PLACE)} from ${named} join ${table} on listed.id = named.id`;
    return { rows, order: [PLACE] };
  }
  const pairs = sql`${sql.id(schema, spec.pairs)} as pair`;
  const rows = sql`select ${own} from ${pairs} join ${table} on listed.id = pair.source_id where pair.target_id = ${ABOVE_ID}`;
  return { rows, order: ['id'] };
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
