import type { Table, Trigger } from '../../database/database-schema.ts';
import { qualify, quoteIdentifier } from '../../sql/sql-text.ts';
import { find } from '../named-list.ts';
import { sameValue } from '../same-value.ts';
import { renamedBody } from './late-functions.ts';
import { maintainedValue } from './maintained-value.ts';
import type { Comparison } from './table-pair.ts';

/**
 * Whether a trigger keeps a column that is filled because the trigger computes it in another way. It is made anew, which
 * waits for all who have written its table: what one of them has computed in the old way would else be seen by no one.
 */
export function isComputedAnew(comparison: Comparison, table: Table, { function: name }: Trigger): boolean {
  const old = find(comparison.from.functions, name);
  const next = find(comparison.to.functions, name);
  if (old === undefined || next === undefined || sameValue(renamedBody(comparison, old), next.body)) return false;
  return comparison.pairs.some(({ next: target, filled }) =>
    [...filled].some(([column, value]) => {
      if (maintainedValue(comparison.to, target, column) !== value) return false;
      const text = quoteIdentifier(column);
      const isOwn = target === table && next.body.some((line) => line.startsWith(`  new.${text} := `));
      const touches = `  update ${qualify(comparison.to.name, target.name)} record set ${text} = record.${text}`;
      return isOwn || next.body.includes(touches);
    }),
  );
}
