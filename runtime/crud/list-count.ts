import { sql, type Kysely } from 'kysely';
import type { Database, Text } from '../database/database.ts';
import type { ListRequest } from './list-query.ts';
import { conditionOf, conditionShape, conditionValues } from './list-conditions.ts';
import { MAX_VARIANTS, type RepositoryDefinition } from './repository-definition.ts';
import { rankColumn } from './search.ts';
import { compileStatement, param, type CompiledStatement, type PreparedNames } from './statements.ts';
import { Variants } from './variants.ts';

/** Most rows that are counted one by one: counting costs what reading does. */
export const MAX_EXACT = 10_000;

/** How many rows the filters of a list let through, whatever the page. */
export interface ListCount {
  readonly value: number;
  /** `atLeast`: there are more than are counted one by one. */
  readonly kind: 'exact' | 'atLeast' | 'estimated';
}

/** Counts the rows of a list; `undefined` when it was not asked to. */
export type CountList = (on: Database, request: ListRequest) => Promise<ListCount | undefined>;

/** Counts of one entity: each shape of filters is compiled when first asked for. */
export function listCounts<Schema>(
  definition: RepositoryDefinition<Schema>,
  db: Kysely<Schema>,
  names: PreparedNames,
): CountList {
  const variants = new Variants<CompiledStatement>(MAX_VARIANTS);
  const statementOf = (kind: 'count' | 'explain', request: ListRequest): CompiledStatement =>
    variants.get(`${kind} ${conditionShape(request)}`, () => {
      const where = conditionOf(request, definition);
      const rows = definition.list(db, { where, order: UNORDERED, limit: param('limit'), rank: rankColumn(undefined) });
      const text =
        kind === 'count' ? sql`select count(*) from (${rows}) as counted` : sql`explain (format json) ${rows}`;
      return compileStatement({ compile: () => text.compile(db) }, names);
    });
  const ask = async (on: Database, kind: 'count' | 'explain', request: ListRequest, limit: Text): Promise<string> => {
    const values = { ...conditionValues(request), limit };
    const { rows } = await on.query(statementOf(kind, request).bind(values));
    return rows[0]?.[0] ?? '';
  };
  const countExactly = async (on: Database, request: ListRequest): Promise<ListCount> => {
    const value = Number(await ask(on, 'count', request, String(MAX_EXACT + 1)));
    return value > MAX_EXACT ? { value: MAX_EXACT, kind: 'atLeast' } : { value, kind: 'exact' };
  };
  return async (on, request) => {
    if (request.count === undefined) return undefined;
    if (request.count === 'exact') return countExactly(on, request);
    const value = plannedRows(await ask(on, 'explain', request, null));
    // The planner knows least of small tables, and those are soon counted.
    return value > MAX_EXACT ? { value, kind: 'estimated' } : countExactly(on, request);
  };
}

/** Postgres takes no bare constant here, and sorts by none. */
const UNORDERED = sql`null::integer`;

function plannedRows(explained: string): number {
  const [{ Plan: plan } = { Plan: { 'Plan Rows': 0 } }]: readonly Explained[] = JSON.parse(explained);
  return plan['Plan Rows'];
}

interface Explained {
  readonly Plan: { readonly 'Plan Rows': number };
}
