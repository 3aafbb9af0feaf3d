import { sql, type Expression, type Kysely } from 'kysely';
import type { Database, Text } from '../database/database.ts';
import type { RawRow } from '../database/raw-row.ts';
import type { Column } from './columns.ts';
import { afterCursor, cursorParameter, cursorShape, orderBy, type OrderTerm } from './keyset.ts';
import type { ExpandStatements } from './expand-statements.ts';
import type { FilterColumn } from './filters.ts';
import { conditionOf, conditionShape, conditionValues } from './list-conditions.ts';
import type { ListRequest } from './list-query.ts';
import { MAX_VARIANTS, type RepositoryDefinition, type SortColumn } from './repository-definition.ts';
import { RANK, rankColumn, rankOf } from './search.ts';
import { compileStatement, param, type CompiledStatement, type PreparedNames } from './statements.ts';
import { Variants } from './variants.ts';

/** Rows of one page, and the raw sort values of the last one when more follow. */
export interface ListPage {
  readonly rows: readonly RawRow[];
  readonly next?: readonly Text[];
}

export interface ListStatements {
  page(on: Database, request: ListRequest, cursor: readonly Text[] | undefined): Promise<ListPage>;
}

/** Lists of one entity: each shape of filters, order and cursor is compiled when first asked for. */
export function listStatements<Schema>(
  definition: RepositoryDefinition<Schema>,
  db: Kysely<Schema>,
  names: PreparedNames,
  columns: readonly Column[],
  expand: ExpandStatements,
): ListStatements {
  const plans = new Variants<ListPlan>(MAX_VARIANTS);
  const plan = (request: ListRequest, cursor: readonly Text[] | undefined): ListPlan => {
    const order = orderTerms(request, definition);
    const parts = {
      where: conditionOf(request, definition, cursor === undefined ? [] : [afterCursor(order, cursor)]),
      order: orderBy(order),
      limit: limitOf(request),
      rank: rankColumn(isRanked(request) ? definition.search : undefined),
    };
    const rows = definition.list(db, parts);
    const query = request.expand.length === 0 ? rows : expand.join(rows, request.expand, order);
    return {
      statement: compileStatement(query, names),
      isShort: isShort(request, order, definition),
      sortPositions: sortPositions(order, columns),
    };
  };
  return {
    page: async (on, request, cursor) => {
      const { statement, isShort, sortPositions } = plans.get(shapeOf(request, cursor), () => plan(request, cursor));
      const bound = { ...statement.bind(valuesOf(request, cursor)), raw: true };
      const { raw = [] } = await (isShort ? on.read(bound) : on.query(bound));
      return pageOf(raw, request.limit, sortPositions);
    },
  };
}

/** All that requests of one shape have in common. */
interface ListPlan {
  readonly statement: CompiledStatement;
  readonly isShort: boolean;
  /** Where in a row the values of a cursor stand. */
  readonly sortPositions: readonly number[];
}

/** Every order ends with the id, in the direction of the key before it, so that one index serves both directions. */
function orderTerms(
  request: ListRequest,
  { sorts, search }: Pick<RepositoryDefinition<never>, 'sorts' | 'search'>,
): readonly OrderTerm[] {
  const { sort } = request;
  if (search !== undefined && isRanked(request)) return [rankTerm(search), idTerm(true)];
  const terms = sort.map(({ key, descending }) => {
    const column = sorts[key];
    if (column === undefined) throw new TypeError(`No sort column for "${key}".`);
    return { column: column.column, descending, nullable: column.nullable ?? false, lower: column.lower ?? false };
  });
  const descending = terms.at(-1)?.descending ?? false;
  return [...terms, idTerm(descending)];
}

function idTerm(descending: boolean): OrderTerm {
  return { column: 'id', descending, nullable: false, lower: false };
}

/** The best first. */
function rankTerm(column: string): OrderTerm {
  return { column: RANK, descending: true, nullable: false, lower: false, expression: rankOf(column) };
}

/** A search without a sort of its own is ordered by rank. */
function isRanked({ search, sort }: ListRequest): boolean {
  return search !== undefined && sort.length === 0;
}

/**
 * Whether one index answers the request from its first row to its last, however large the table: the order is of
 * one key, and beside it there is at most one value to be equal to, in the first order of the list (those pairs
 * have an index). Nulls make the condition of a cursor one that is tried row by row.
 */
function isShort(
  { filters, sort, search }: ListRequest,
  order: readonly OrderTerm[],
  {
    sorts,
    filters: columns,
  }: { readonly sorts: Readonly<Record<string, SortColumn>>; readonly filters: Readonly<Record<string, FilterColumn>> },
): boolean {
  if (search !== undefined || sort.length !== 1 || order.some(({ nullable }) => nullable)) return false;
  if (filters.length === 0) return true;
  const [filter] = filters;
  if (filter === undefined || columns[filter.key]?.through !== undefined) return false;
  return filters.length === 1 && filter.operator === 'eq' && sort[0]?.key === Object.keys(sorts)[0];
}

function shapeOf(request: ListRequest, cursor: readonly Text[] | undefined): string {
  const order = request.sort.map(({ key, descending }) => (descending ? `-${key}` : key));
  const limit = request.isUsualLimit === true ? request.limit : '';
  return [
    conditionShape(request),
    order.join(','),
    cursor && cursorShape(cursor),
    request.expand.join(','),
    limit,
  ].join('|');
}

/**
 * A limit that is usual stands in the statement. Of one that comes as a parameter Postgres takes a tenth of the table
 * to be wanted, and so never keeps a plan: it plans each time, which costs as much as a page.
 */
function limitOf({ limit, isUsualLimit }: ListRequest): Expression<number> {
  return isUsualLimit === true ? sql.lit(rowsFor(limit)) : param('limit');
}

/** One row more than the page tells whether another page follows. */
function rowsFor(limit: number): number {
  return limit + 1;
}

function valuesOf(request: ListRequest, cursor: readonly Text[] = []): Readonly<Record<string, Text>> {
  const values: Record<string, Text> = { ...conditionValues(request), limit: String(rowsFor(request.limit)) };
  for (const [index, value] of cursor.entries()) values[cursorParameter(index)] = value;
  return values;
}

function sortPositions(order: readonly OrderTerm[], columns: readonly Column[]): readonly number[] {
  // The rank stands last in a row.
  return order.map(({ column }) =>
    column === RANK ? -1 : columns.findIndex((candidate) => candidate.column === column) + 1,
  );
}

function pageOf(rows: readonly RawRow[], limit: number, positions: readonly number[]): ListPage {
  if (rows.length <= limit) return { rows };
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const textAt = (position: number): Text => last?.text(position < 0 ? last.count() + position : position) ?? null;
  return { rows: page, next: positions.map(textAt) };
}
