import type { DataOperation } from './operations.ts';
import { qualify, quoteIdentifier } from '../sql/sql-text.ts';

/** Rows that one transaction of a backfill changes at most. */
export const BATCH_ROWS = 5000;

/** One batch of a backfill: run again, each time in a transaction of its own, until it changes no row. */
export function backfillSql(schema: string, { table, set, where }: DataOperation): string {
  const target = qualify(schema, table);
  return [
    ...assignment(schema, { table, set }),
    `where ctid = any (array(select ctid from ${target} where ${where} limit ${BATCH_ROWS}))`,
    `  and ${where};`,
  ].join('\n');
}

/** All of a backfill at once, for a transaction that does more. */
export function refillSql(schema: string, operation: DataOperation): string {
  return [...assignment(schema, operation), `where ${operation.where};`].join('\n');
}

function assignment(schema: string, { table, set }: Pick<DataOperation, 'table' | 'set'>): readonly string[] {
  const values = set.map(({ column, expression }) => `${quoteIdentifier(column)} = ${expression}`).join(', ');
  return [`update ${qualify(schema, table)}`, `set ${values}`];
}
