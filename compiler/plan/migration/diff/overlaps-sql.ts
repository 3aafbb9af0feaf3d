import type { Exclusion } from '../../database/database-schema.ts';
import { quoteIdentifier } from '../../sql/sql-text.ts';
import { formerNames } from './former-names.ts';
import { isAskable } from './stored-expression.ts';
import { reads, type Comparison, type TablePair } from './table-pair.ts';

/** A range that ends before it begins is an error of Postgres: a check of its own counts those. */
const RANGE = /^(\w+range)\(("[^"]+"|\w+), ("[^"]+"|\w+)\)$/;

/** Counts the pairs of rows that exclude each other; undefined where a column has values that nobody can know before. */
export function overlapsSql(
  comparison: Comparison,
  pair: TablePair,
  { elements, where }: Exclusion,
): string | undefined {
  const names = formerNames(comparison, pair.next.name);
  const values = elements.map(({ key }) => key.expression ?? quoteIdentifier(key.column ?? ''));
  const unknown = new Set(
    pair.next.columns.map(({ name }) => name).filter((name) => !isAskable(comparison, pair, name)),
  );
  if ([...values, where].some((text) => reads(text, unknown))) return undefined;
  const columns = values.map((text, index) => `${names.expression(guarded(text))} as value${index + 1}`);
  const rows = `(select ctid as place, ${columns.join(', ')} from ${names.table}${where === undefined ? '' : ` where ${names.expression(where)}`})`;
  const met = elements.map(({ operator }, index) => `one.value${index + 1} ${operator} other.value${index + 1}`);
  return `select count(*) from ${rows} one join ${rows} other on ${['one.place < other.place', ...met].join(' and ')};`;
}

function guarded(expression: string): string {
  const [, , from, to] = RANGE.exec(expression) ?? [];
  return from === undefined ? expression : `case when ${from} <= ${to} then ${expression} end`;
}
