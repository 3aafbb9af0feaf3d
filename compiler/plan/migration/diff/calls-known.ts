import { sqlNames } from '../../sql/sql-tokens.ts';
import { find } from '../named-list.ts';
import type { Comparison } from './table-pair.ts';

/** Whether all functions that a condition calls are there before the migration. */
export function callsKnown({ from, to }: Pick<Comparison, 'from' | 'to'>, expression: string): boolean {
  const names = sqlNames(expression);
  return to.functions.every(({ name }) => !names.has(name) || find(from.functions, name) !== undefined);
}
