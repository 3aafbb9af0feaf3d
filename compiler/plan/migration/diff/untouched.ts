import type { DatabaseSchema, Table } from '../../database/database-schema.ts';
import { find } from '../named-list.ts';
import { sameTable } from '../same-schema.ts';
import { sameValue } from '../same-value.ts';
import type { Comparison, TablePair } from './table-pair.ts';

/** Whether a table's triggers are what they were, with all that their functions do. */
export function sameTriggers(
  from: DatabaseSchema,
  to: DatabaseSchema,
  { old, next }: Pick<TablePair, 'old' | 'next'>,
): boolean {
  return (
    (sameTable(old, next) || sameValue(old.triggers, next.triggers)) &&
    next.triggers.every(({ function: name }) => sameValue(find(from.functions, name), find(to.functions, name)))
  );
}

/** Tables of which nothing changes, nor anything that they rest on: most of a large schema, and worth no second look. */
export function untouchedTables({ from, to, pairs }: Comparison): ReadonlySet<TablePair> {
  const same = new Set(pairs.filter((pair) => isSame(from, to, pair)));
  const names = new Set([...same].map(({ next }) => next.name));
  const restsOnSame = ({ constraints }: Table): boolean =>
    constraints.every((item) => item.kind !== 'foreignKey' || names.has(item.references.table));
  return new Set([...same].filter(({ next }) => restsOnSame(next)));
}

/** Policies may read any other table, so that one with policies is always looked at. */
function isSame(from: DatabaseSchema, to: DatabaseSchema, pair: TablePair): boolean {
  const { old, next, retyped, replaced, filled, recomputed, live } = pair;
  return (
    (live === undefined || sameTable(live.old, live.next)) &&
    retyped.size + replaced.size + filled.size + recomputed.size + next.policies.length === 0 &&
    sameTable(old, next) &&
    sameTriggers(from, to, pair) &&
    next.columns.every(
      ({ type }) => type.enum !== true || sameValue(find(from.enums, type.name), find(to.enums, type.name)),
    )
  );
}
