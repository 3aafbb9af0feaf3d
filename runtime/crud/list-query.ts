import { z } from '@hono/zod-openapi';
import type { Text } from '../database/database.ts';
import { explaining } from '../http/explain-key.ts';
import { MAX_CURSOR } from './cursor.ts';
import { formatted } from './field-rules.ts';
import { filterParameter, filterSchema, type FilterOperator, type FilterSpec, type FilterTerm } from './filters.ts';
import { searchText } from './search.ts';
import { shownBy, shownParameters, type Shown, type ShownOptions } from './shown-query.ts';

/** Query parameters of every list; a field of the same name is filtered as `limit[eq]=`. */
const RESERVED: ReadonlySet<string> = new Set(['limit', 'cursor', 'sort', 'search', 'expand', 'fields', 'count']);

/** Most keys one `sort=` may name. */
const MAX_SORT = 3;

export interface SortTerm {
  readonly key: string;
  readonly descending: boolean;
}

export interface ListOptions extends ShownOptions {
  readonly filters: Readonly<Record<string, FilterSpec>>;
  /** Keys that `sort=` accepts; a leading minus sorts descending. */
  readonly sort: readonly string[];
  /** Order when `sort=` is absent, in its spelling. */
  readonly defaultSort: string;
  /** Whether `search=` is offered. */
  readonly isSearchable?: boolean;
  readonly pageSize: number;
  readonly maxPageSize: number;
}

/** How closely a list is counted: to the row, or as far as the planner knows. */
export const COUNTS = ['exact', 'estimated'] as const;

/** A list request once its query is known to be right. */
export interface ListRequest extends Shown {
  readonly filters: readonly FilterTerm[];
  /** None where a search is ordered by rank. */
  readonly sort: readonly SortTerm[];
  /** Text of a full-text query. */
  readonly search?: string;
  readonly limit: number;
  /** Whether the limit is one of the few that most requests have. */
  readonly isUsualLimit?: boolean;
  readonly cursor?: string;
  readonly count?: (typeof COUNTS)[number];
}

/** The schema of a list's query string: unknown parameters are refused, the outcome is a `ListRequest`. */
export function listQuery(options: ListOptions) {
  const terms = Object.entries(options.filters).flatMap(([key, spec]) =>
    spec.operators.map((operator) => ({ key, operator, spec, name: filterParameter(key, operator, RESERVED) })),
  );
  const shape = Object.fromEntries(
    terms.map(({ name, spec, operator }) => [name, filterSchema(spec, operator).optional()]),
  );
  const query = z
    .strictObject({
      ...shape,
      limit: limitSchema(options).optional(),
      cursor: z.string().max(MAX_CURSOR).optional(),
      sort: sortSchema(options.sort).optional(),
      count: z.enum(COUNTS).optional(),
      ...(options.isSearchable && { search: searchText.optional() }),
      ...shownParameters(options),
    })
    .transform((query): ListRequest => {
      const valueOf = (name: string): unknown => (Object.hasOwn(query, name) ? Reflect.get(query, name) : undefined);
      const search = options.isSearchable ? valueOf('search') : undefined;
      const limit = query.limit ?? options.pageSize;
      const isRanked = search !== undefined && query.sort === undefined;
      return {
        filters: terms.flatMap(({ key, operator, name }) => termOf(key, operator, valueOf(name))),
        sort: isRanked ? [] : parseSort(query.sort ?? options.defaultSort),
        ...(typeof search === 'string' && { search }),
        limit,
        isUsualLimit: limit === options.pageSize || limit === options.maxPageSize,
        ...shownBy(query),
        ...(query.cursor !== undefined && { cursor: query.cursor }),
        ...(query.count !== undefined && { count: query.count }),
      };
    });
  return explaining(query, (key) => unknownParameter(key, options));
}

/** A parameter that the list does not have: what it has instead. */
function unknownParameter(key: string, { filters, isSearchable, expand }: ListOptions) {
  const [, field = key, operator] = /^(.*)\[(\w*)\]$/.exec(key) ?? [];
  const offered = Object.hasOwn(filters, field) ? filters[field] : undefined;
  if (offered !== undefined) {
    const named = operator === undefined ? 'cannot be compared so' : `has no comparison "${operator.slice(0, 20)}"`;
    return { code: 'unknown', detail: `${named}: it takes ${offered.operators.join(', ')}` };
  }
  const others = [
    'limit',
    'cursor',
    'sort',
    'count',
    'fields',
    ...(isSearchable ? ['search'] : []),
    ...(expand ? ['expand'] : []),
  ];
  const known = [...Object.keys(filters), ...others];
  const near = known.find((name) => name.toLowerCase() === field.toLowerCase() || `${field}Id` === name);
  const hint = near === undefined ? `this list has ${known.join(', ')}` : `write ${near}`;
  return { code: 'unknown', detail: `is not a known parameter: ${hint}` };
}

function termOf(key: string, operator: FilterOperator, value: unknown): readonly FilterTerm[] {
  return typeof value === 'string' ? [{ key, operator, value: value satisfies Text }] : [];
}

function limitSchema({ maxPageSize }: ListOptions) {
  const isLimit = (text: string): boolean => /^[1-9]\d{0,5}$/.test(text) && Number(text) <= maxPageSize;
  return formatted(`a number from 1 to ${maxPageSize}`, isLimit).transform(Number);
}

function parseSort(text: string): readonly SortTerm[] {
  return text.split(',').map((term) => ({ key: term.replace(/^-/, ''), descending: term.startsWith('-') }));
}

function sortSchema(keys: readonly string[]) {
  return z.string().check((context) => {
    const terms = parseSort(context.value);
    const named = terms.map(({ key }) => key);
    const known = named.every((key) => keys.includes(key));
    if (known && terms.length <= MAX_SORT && new Set(named).size === named.length) return;
    context.issues.push({
      code: 'custom',
      params: { code: 'sort' },
      input: context.value,
      message: `must name up to ${MAX_SORT} different keys of ${keys.join(', ')}, each with a minus in front to sort descending`,
    });
  });
}
