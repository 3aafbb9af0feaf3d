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
  const values = elements.map(({ key }) => key.expression ?? quoteIdentifier(key.column ?? ''));
  const unknown = new Set(
    pair.next.columns.map(({ name }) => name).filter((name) => !isAskable(comparison, pair, name)),
  );
  if ([...values, where].some((text) => reads(text, unknown))) return undefined;
  const rows = rowsSql(comparison, pair.next.name, { elements, where });
  return `select count(*) from ${rows} one join ${rows} other on one.place < other.place and ${meetSql({ elements })};`;
}

/** Counts rows of one table that some row of another excludes. */
export function overlappingRowsSql(comparison: Comparison, table: string, other: string, rule: Exclusion): string {
  const [rows, others] = [rowsSql(comparison, table, rule), rowsSql(comparison, other, rule)];
  return `select count(*) from ${rows} one where exists (select from ${others} other where ${meetSql(rule)});`;
}

type Elements = Pick<Exclusion, 'elements'>;

/** The rows that a rule is about, each with where it lies and what is compared of it. */
function rowsSql(
  comparison: Comparison,
  table: string,
  { elements, where }: Elements & { where?: string | undefined },
): string {
  const names = formerNames(comparison, table);
  const columns = elements.map(({ key }, index) => {
    const text = key.expression ?? quoteIdentifier(key.column ?? '');
    return `${names.expression(guarded(text))} as value${index + 1}`;
  });
  const given = where === undefined ? '' : ` where ${names.expression(where)}`;
  return `(select ctid as place, ${columns.join(', ')} from ${names.table}${given})`;
}

function meetSql({ elements }: Elements): string {
  return elements
    .map(({ operator }, index) => `one.value${index + 1} ${operator} other.value${index + 1}`)
    .join(' and ');
}

function guarded(expression: string): string {
  const [, , from, to] = RANGE.exec(expression) ?? [];
  return from === undefined ? expression : `case when (${from} <= ${to}) is not false then ${expression} end`;
}
