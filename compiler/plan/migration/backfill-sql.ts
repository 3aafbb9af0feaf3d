import type { DataOperation } from './operations.ts';
import { qualify, quoteIdentifier } from '../sql/sql-text.ts';

/** Rows that one transaction of a backfill changes at most. */
export const BATCH_ROWS = 5000;

/** One batch of a backfill: run again, each time in a transaction of its own, until it changes no row. */
export function backfillSql(schema: string, { table, set, where }: DataOperation): string {
  const target = qualify(schema, table);
  const values = set.map(({ column, expression }) => `${quoteIdentifier(column)} = ${expression}`).join(', ');
  return [
    `update ${target}`,
    `set ${values}`,
    `where ctid = any (array(select ctid from ${target} where ${where} limit ${BATCH_ROWS}))`,
    `  and ${where};`,
  ].join('\n');
}
