import { byName } from '../../database/canonical-schema.ts';
import type { Constraint } from '../../database/database-schema.ts';
import type { Consent } from '../intent/consent.ts';
import { find } from '../named-list.ts';
import { warnOfArchivedRows } from './archived-rules.ts';
import { addConstraint, warnOfCheck, warnOfOverlaps } from './add-constraint.ts';
import { addKey, swapPrimaryKey, warnOfData } from './add-key.ts';
import type { Draft } from './draft.ts';
import { changeForeignKey, sameLink } from './foreign-keys.ts';
import type { Phase } from './phase.ts';
import { isCheckImplied, isSameCheck } from './implied-rules.ts';
import { consentsToBreak, mayBreak } from './restated.ts';
import { sameObject } from './same-object.ts';
import { isConstraintSuspended } from './suspended.ts';
import { ruleReads, type Comparison, type TablePair } from './table-pair.ts';
import { temporaryName } from './temporary-name.ts';

/** Rules that come, go and change. */
export function diffConstraints(
  comparison: Comparison,
  pair: TablePair,
  contested: ReadonlySet<string>,
  draft: Draft,
): void {
  const { old, next } = pair;
  const newKey = next.constraints.find((item) => item.kind === 'primaryKey');
  for (const constraint of byName(old.constraints)) {
    const other = find(next.constraints, constraint.name);
    if (other === undefined) {
      const isSwapped = constraint.kind === 'primaryKey' && newKey !== undefined;
      if (!isSwapped) dropConstraint(comparison, pair, constraint, contested, draft);
    } else if (!sameObject(constraint, other))
      changeConstraint(comparison, pair, { old: constraint, next: other }, draft);
    else if (isConstraintSuspended(comparison, pair, constraint)) {
      draft.add(earlyPhase(constraint), { kind: 'dropConstraint', table: next.name, name: constraint.name });
      if (mayBreak(comparison, pair, other)) warnOfKept(comparison, pair, other, draft);
      addConstraint(comparison, pair, other, { isProven: true }, draft);
    } else if (mayBreak(comparison, pair, other)) warnOfKept(comparison, pair, other, draft);
  }
  const oldKey = old.constraints.find((item) => item.kind === 'primaryKey');
  for (const constraint of byName(next.constraints)) {
    if (find(old.constraints, constraint.name) !== undefined) continue;
    if (constraint.kind === 'primaryKey' && oldKey?.kind === 'primaryKey') {
      swapPrimaryKey(comparison, pair, { old: oldKey, next: constraint }, draft);
    } else addConstraint(comparison, pair, constraint, { isProven: isHeldBefore(comparison, pair, constraint) }, draft);
  }
}

/** Whether rows keep a rule because they keep one of those before it, be it of another name. */
function isHeldBefore(comparison: Comparison, pair: TablePair, next: Constraint): boolean {
  return (
    pair.old.constraints.some((old) => isSame(old, next) || isImplied(old, next)) && !mayBreak(comparison, pair, next)
  );
}

function isSame(old: Constraint, next: Constraint): boolean {
  return sameObject(old, next) || (old.kind === 'check' && next.kind === 'check' && isSameCheck(old, next));
}

function isImplied(old: Constraint, next: Constraint): boolean {
  return old.kind === 'check' && next.kind === 'check' && isCheckImplied(old, next);
}

/** A link goes before the key that it rests on may. */
function earlyPhase({ kind }: Constraint): Phase {
  return kind === 'foreignKey' ? 'unlink' : 'suspend';
}

/** A rule that stays is held to while the values change. */
function warnOfKept(comparison: Comparison, pair: TablePair, rule: Constraint, draft: Draft): void {
  if (rule.kind === 'foreignKey') return;
  const columns =
    rule.kind === 'exclusion'
      ? [...pair.retyped.keys()].filter((name) => ruleReads(rule, new Set([name])))
      : rule.columns;
  const consents: readonly Consent[] = consentsToBreak(pair, rule.name, columns);
  if (rule.kind === 'check') warnOfCheck(comparison, pair, rule, consents, draft);
  else if (rule.kind === 'exclusion') warnOfOverlaps(comparison, pair, rule, consents, draft);
  else warnOfData(comparison, pair, rule, consents, draft);
  warnOfArchivedRows(comparison, pair, rule, consents, draft);
}

function dropConstraint(
  comparison: Comparison,
  pair: TablePair,
  constraint: Constraint,
  contested: ReadonlySet<string>,
  draft: Draft,
): void {
  const table = pair.next.name;
  const isFreed = contested.has(constraint.name) && constraint.kind !== 'check' && constraint.kind !== 'foreignKey';
  const name = isFreed ? temporaryName(constraint.name, 'old') : constraint.name;
  if (isFreed) draft.add('release', { kind: 'renameConstraint', table, name: constraint.name, to: name });
  // A rule that goes does not stand in the way of values that change.
  const isSuspended = isConstraintSuspended(comparison, pair, constraint) || mayBreak(comparison, pair, constraint);
  const isIndexed = constraint.kind !== 'check' && constraint.kind !== 'foreignKey';
  const isOfGone = !isIndexed && constraint.columns.some((column) => pair.gone.has(column));
  // What reads a column goes with it.
  if (isOfGone && !isSuspended) return;
  draft.add(isSuspended ? earlyPhase(constraint) : 'unrule', { kind: 'dropConstraint', table, name });
  if (isIndexed) draft.warn({ kind: 'INDEX_DROPPED', object: constraint.name });
  if (!goesWithAll(pair, constraint) && !isOrphan(comparison, constraint) && !isTakenOver(pair, constraint)) {
    draft.warn({ kind: 'INTEGRITY_LOOSENED', object: constraint.name });
  }
}

/** A rule over a column that goes. */
function goesWithAll({ old, gone }: TablePair, rule: Constraint): boolean {
  if (rule.kind !== 'exclusion') return rule.columns.some((column) => gone.has(column));
  return old.columns.some(({ name }) => gone.has(name) && ruleReads(rule, new Set([name])));
}

/** A unique that an index of its name holds from now on, or a link that another holds. */
function isTakenOver({ next }: TablePair, rule: Constraint): boolean {
  if (rule.kind === 'foreignKey') return sameLink(next.constraints, rule) !== undefined;
  return find(next.indexes, rule.name)?.unique === true;
}

/** A link whose target goes. */
function isOrphan({ to }: Comparison, constraint: Constraint): boolean {
  return constraint.kind === 'foreignKey' && find(to.tables, constraint.references.table) === undefined;
}

interface Change<Kind extends Constraint = Constraint> {
  readonly old: Kind;
  readonly next: Kind;
}

function changeConstraint(comparison: Comparison, pair: TablePair, { old, next }: Change, draft: Draft): void {
  const table = pair.next.name;
  if (old.kind === 'foreignKey' && next.kind === 'foreignKey') {
    changeForeignKey(comparison, pair, { old, next }, draft);
    return;
  }
  if (old.kind === 'primaryKey' && next.kind === 'primaryKey') {
    swapPrimaryKey(comparison, pair, { old, next }, draft);
    return;
  }
  if (isConstraintSuspended(comparison, pair, old) || old.kind === 'exclusion' || next.kind === 'exclusion') {
    draft.add('suspend', { kind: 'dropConstraint', table, name: old.name });
    addConstraint(comparison, pair, next, { isProven: false }, draft);
    return;
  }
  replaceBesideOld(comparison, pair, { old, next }, draft);
}

/** The old rule holds under another name until the new one does. */
function replaceBesideOld(comparison: Comparison, pair: TablePair, { old, next }: Change, draft: Draft): void {
  const table = pair.next.name;
  const aside = temporaryName(old.name, 'old');
  draft.add('release', { kind: 'renameConstraint', table, name: old.name, to: aside });
  // A link that is made again must not find the old key.
  const isLeft = mayBreak(comparison, pair, old);
  draft.add(isLeft ? 'suspend' : next.kind === 'unique' ? 'swap' : 'unrule', {
    kind: 'dropConstraint',
    table,
    name: aside,
  });
  if (old.kind === 'unique' || old.kind === 'primaryKey') draft.warn({ kind: 'INDEX_DROPPED', object: old.name });
  if (next.kind === 'unique') {
    addKey(comparison, pair, next, draft);
    return;
  }
  const isThere = pair.old.constraints.some((item) => isSame(item, next));
  if (isImplied(old, next) && !isThere) draft.warn({ kind: 'INTEGRITY_LOOSENED', object: next.name });
  addConstraint(comparison, pair, next, { isProven: isHeldBefore(comparison, pair, next) }, draft);
}
