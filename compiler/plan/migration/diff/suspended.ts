import type { Constraint, ForeignKey, Index, Policy, Table, Trigger } from '../../database/database-schema.ts';
import { parseTypeName } from '../../sql/type-name.ts';
import { find } from '../named-list.ts';
import { sameObject } from './same-object.ts';
import { columnsOfIndex, reads, ruleReads, type Comparison, type TablePair } from './table-pair.ts';

/** Columns that become another kind of value, or are made again: what reads them cannot stay as it is. */
export function unsettled(pair: TablePair | undefined): ReadonlySet<string> {
  if (pair === undefined) return new Set();
  const retyped = [...pair.retyped].filter(([, change]) => change.kind === 'rewrite' && change.isOtherKind);
  return new Set([...retyped.map(([name]) => name), ...pair.replaced]);
}

/**
 * Columns of which Postgres would spell the expressions otherwise than it does anew: it keeps the type that it gave to a
 * number beside one with a fraction, so that `0` stays a numeric where the column is none any more.
 */
function respelled({ old, next, retyped }: TablePair): ReadonlySet<string> {
  const names = [...retyped.keys()].filter((name) => {
    const before = baseOf(old, name);
    return ['numeric', 'real', 'double precision'].includes(before) && before !== baseOf(next, name);
  });
  return new Set(names);
}

function baseOf({ columns }: Table, name: string): string {
  return parseTypeName(find(columns, name)?.type.name ?? '').base;
}

/** Whether a rule must be off while its columns change. */
export function isConstraintSuspended(comparison: Comparison, pair: TablePair, constraint: Constraint): boolean {
  const columns = unsettled(pair);
  switch (constraint.kind) {
    case 'check':
    case 'exclusion':
      return ruleReads(constraint, new Set([...columns, ...respelled(pair)]));
    case 'foreignKey': {
      const target = comparison.pairs.find(({ next }) => next.name === constraint.references.table);
      const isTouched = hasAny(constraint.columns, columns) || hasAny(constraint.references.columns, unsettled(target));
      return isTouched || losesKey(target, constraint);
    }
    case 'primaryKey':
    case 'unique':
      return hasAny(constraint.columns, pair.replaced);
    default:
      return constraint satisfies never;
  }
}

function hasAny(names: readonly string[], among: ReadonlySet<string>): boolean {
  return names.some((name) => among.has(name));
}

/** Whether the unique rule that a foreign key rests on goes or changes. */
export function losesKey(target: TablePair | undefined, { references }: ForeignKey): boolean {
  if (target === undefined) return false;
  const wanted = references.columns.toSorted().join('\n');
  return target.old.constraints.some((item) => {
    if (item.kind !== 'primaryKey' && item.kind !== 'unique') return false;
    if (item.columns.toSorted().join('\n') !== wanted) return false;
    const next = find(target.next.constraints, item.name);
    return next === undefined || !sameObject(item, next);
  });
}

/** Whether an index must go while its columns change: Postgres rebuilds plain ones by itself. */
export function isIndexSuspended(pair: TablePair, index: Index): boolean {
  const columns = unsettled(pair);
  const stated = new Set([...columns, ...respelled(pair)]);
  const hasOwnClass = index.keys.some((key) => key.operatorClass !== undefined && columns.has(key.column ?? ''));
  const isRead = [index.where, ...index.keys.map(({ expression }) => expression)].some((text) => reads(text, stated));
  const isReplaced = columnsOfIndex(pair.old, index).some((name) => pair.replaced.has(name));
  return hasOwnClass || isReplaced || isRead;
}

/** Postgres changes the type of no column that a trigger names. */
export function isTriggerSuspended(pair: TablePair, { events, when }: Trigger): boolean {
  const columns = new Set([...pair.retyped.keys(), ...pair.replaced]);
  return events.some((event) => event.columns?.some((name) => columns.has(name)) === true) || reads(when, columns);
}

/** Nor of one that a policy reads, of whichever table. */
export function isPolicySuspended({ pairs }: Comparison, pair: TablePair, { using, check }: Policy): boolean {
  const own = new Set([...pair.retyped.keys(), ...pair.replaced]);
  const others = pairs.filter(
    (other) => reads(using, new Set([other.next.name])) || reads(check, new Set([other.next.name])),
  );
  const columns = new Set([...own, ...others.flatMap((other) => [...other.retyped.keys(), ...other.replaced])]);
  return reads(using, columns) || reads(check, columns);
}
