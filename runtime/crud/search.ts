import { z } from '@hono/zod-openapi';
import { sql, type AliasedRawBuilder, type Expression, type SqlBool } from 'kysely';
import type { Text } from '../database/database.ts';
import { isStorable } from './filters.ts';
import { param } from './statements.ts';

/** Name of the column that a search is ordered by; no field has it. */
export const RANK = 'search rank';

/** Longest text of one `search=`, in characters. */
const MAX_SEARCH = 255;

const HOLE = 'search';

/** What a list selects beside its columns where it can be searched. */
export type Rank = AliasedRawBuilder<Text, typeof RANK>;

/** Reads `search=` into the text of a query: each word of it begins a word of the row. */
export const searchText = z
  .string()
  .min(1)
  .max(MAX_SEARCH)
  .check((context) => {
    if (isStorable(context.value) && context.value.trim() !== '') return;
    const message = 'must hold a word, and neither NUL nor unpaired surrogates';
    context.issues.push({ code: 'custom', params: { code: 'search' }, input: context.value, message });
  })
  .transform((text) => text.trim().split(/\s+/u).map(prefixOf).join(' & '));

/** Quoted, so that nothing in a word is taken for an operator. */
function prefixOf(word: string): string {
  return `'${word.replace(/['\\]/g, '$&$&')}':*`;
}

/** Rows that the search of a request finds. */
export function searchCondition(column: string): Expression<SqlBool> {
  return sql<SqlBool>`${sql.id(column)} @@ ${query()}`;
}

/** How well a row fits, as Postgres ranks it: the fields that come first in the spec weigh more. */
export function rankOf(column: string): Expression<unknown> {
  return sql`ts_rank(${sql.id(column)}, ${query()})`;
}

/** As a column of the list; null where the request does not order by it. */
export function rankColumn(column: string | undefined): Rank {
  return (column === undefined ? sql<Text>`null::real` : sql<Text>`${rankOf(column)}`).as(RANK);
}

/** What fills the hole of the query. */
export function searchValues(text: string | undefined): Readonly<Record<string, Text>> {
  return text === undefined ? {} : { [HOLE]: text };
}

function query(): Expression<unknown> {
  return sql`to_tsquery('simple', ${param(HOLE)})`;
}
