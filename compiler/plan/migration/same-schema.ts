import { canonicalSchema, tableState } from '../database/canonical-schema.ts';
import type { DatabaseSchema, Table } from '../database/database-schema.ts';
import { sameValue } from './same-value.ts';

/** Whether two schemas are equal, whatever the order of what has none of its own. */
export function sameSchema(a: DatabaseSchema, b: DatabaseSchema): boolean {
  const { tables, ...rest } = canonicalSchema(a);
  const { tables: others, ...otherRest } = canonicalSchema(b);
  return (
    tables.length === others.length &&
    sameValue(rest, otherRest) &&
    tables.every((table, index) => {
      const other = others[index];
      return other !== undefined && sameTable(table, other);
    })
  );
}

/**
 * Whether two tables are equal, whatever the order of their columns. Tables are frozen data, and most of a large schema
 * stay as they are while several questions are asked of each: an equal pair is compared once.
 */
export function sameTable(a: Table, b: Table): boolean {
  if (a === b || EQUAL.get(a) === b) return true;
  const isSame = sameValue(tableState(a), tableState(b));
  if (isSame) EQUAL.set(a, b);
  return isSame;
}

const EQUAL = new WeakMap<Table, Table>();
