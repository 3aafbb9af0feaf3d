import { sql, type Expression, type SqlBool } from 'kysely';
import type { Text } from '../database/database.ts';
import { param } from './statements.ts';

/** One column of an order, as SQL sees it. */
export interface OrderTerm {
  readonly column: string;
  readonly descending: boolean;
  readonly nullable: boolean;
  /** Ordered by `lower(column)`. */
  readonly lower: boolean;
  /** What the column is computed by, where the table has none of its name. */
  readonly expression?: Expression<unknown>;
}

/** `order by` of all terms; nulls last in both directions. */
export function orderBy(terms: readonly OrderTerm[]): Expression<unknown> {
  const parts = terms.map((term) => {
    const direction = sql.raw(term.descending ? ' desc' : ' asc');
    const nulls = sql.raw(term.nullable && term.descending ? ' nulls last' : '');
    return sql`${operand(term)}${direction}${nulls}`;
  });
  return sql`${sql.join(parts)}`;
}

/**
 * Rows after the cursor's, in the order of `terms`. When nothing is nullable and all directions
 * agree this is one row comparison, which an index answers from the first row on.
 */
export function afterCursor(terms: readonly OrderTerm[], cursor: readonly Text[]): Expression<SqlBool> {
  const first = terms[0];
  if (first && terms.every((term) => !term.nullable && term.descending === first.descending)) {
    const left = sql.join(terms.map(operand));
    const right = sql.join(terms.map((term, index) => bound(term, index)));
    return sql<SqlBool>`(${left}) ${sql.raw(first.descending ? '<' : '>')} (${right})`;
  }
  const branches = terms.map((_, last) => {
    const equal = terms.slice(0, last).map((term, index) => sameAs(term, index, cursor[index] ?? null));
    return sql`(${sql.join([...equal, beyond(terms, last, cursor[last] ?? null)], sql` and `)})`;
  });
  return sql<SqlBool>`(${sql.join(branches, sql` or `)})`;
}

/** Name of the hole for the cursor's value of the term at `index`. */
export function cursorParameter(index: number): string {
  return `cursor ${index}`;
}

/** Which of the cursor's values are null: they change the text of the condition. */
export function cursorShape(cursor: readonly Text[]): string {
  return cursor.map((value) => (value === null ? '0' : '1')).join('');
}

function operand({ column, lower, expression }: OrderTerm): Expression<unknown> {
  if (expression !== undefined) return expression;
  return lower ? sql`lower(${sql.ref(column)})` : sql.ref(column);
}

function bound({ lower }: OrderTerm, index: number): Expression<unknown> {
  const hole = param(cursorParameter(index));
  return lower ? sql`lower(${hole})` : hole;
}

function sameAs(term: OrderTerm, index: number, value: Text): Expression<unknown> {
  return value === null ? sql`${operand(term)} is null` : sql`${operand(term)} = ${bound(term, index)}`;
}

function beyond(terms: readonly OrderTerm[], index: number, value: Text): Expression<unknown> {
  const term = terms[index];
  if (term === undefined || value === null) return sql`false`;
  const after = sql`${operand(term)} ${sql.raw(term.descending ? '<' : '>')} ${bound(term, index)}`;
  return term.nullable ? sql`(${after} or ${operand(term)} is null)` : after;
}
