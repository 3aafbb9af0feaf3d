import type { Field, FieldTypeName } from './app.ts';

/** Types that have ranges, and Postgres' type of those. */
export const RANGE_TYPES: Partial<Readonly<Record<FieldTypeName, string>>> = {
  date: 'daterange',
  datetime: 'tstzrange',
  integer: 'int4range',
  bigint: 'int8range',
  decimal: 'numrange',
};

/** Whether there is a range from one field to another. */
export function isRange(from: Field, to: Field): boolean {
  const hasRanges = RANGE_TYPES[from.type] !== undefined && !from.many && !to.many;
  return hasRanges && from.type === to.type && from !== to;
}
