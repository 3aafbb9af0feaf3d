import { byName } from '../database/canonical-schema.ts';
import type { Column, Constraint, Table, Unique } from '../database/database-schema.ts';
import { find } from './named-list.ts';
import type { Operation } from './operations.ts';
import { sameValue } from './same-value.ts';
import type { SchemaRefusal } from './schema-refusal.ts';

export interface ConstraintChanges {
  /** Not yet valid: new rows only. */
  readonly added: readonly Operation[];
  /** Unique indexes that constraints will use. */
  readonly built: readonly Operation[];
  readonly swapped: readonly Operation[];
  readonly validated: readonly Operation[];
  readonly refusals: readonly SchemaRefusal[];
}

/** Rules over new columns, which existing rows cannot break. Any other difference is refused. */
export function diffConstraints(
  old: Table,
  next: Table,
  fresh: readonly Column[],
  gone: readonly string[],
): ConstraintChanges {
  const table = next.name;
  const added = byName(next.constraints).filter(({ name }) => find(old.constraints, name) === undefined);
  const removed = byName(old.constraints).filter(({ name }) => find(next.constraints, name) === undefined);
  const changed = byName(next.constraints).filter((constraint) => {
    const before = find(old.constraints, constraint.name);
    return before !== undefined && !sameValue(before, constraint);
  });
  const checks = added.filter((constraint) => isFreshCheck(constraint, fresh));
  const uniques = added.filter((constraint) => isFreshUnique(constraint, fresh));
  const safe: readonly Constraint[] = [...checks, ...uniques];
  const refused = added.filter((constraint) => !safe.includes(constraint));
  const lost = removed.filter((constraint) => !columnsOf(constraint).some((column) => gone.includes(column)));
  return {
    added: checks.map((constraint) => ({ kind: 'addConstraint', table, constraint: notYetValid(constraint) })),
    built: uniques.flatMap((constraint) => uniqueIndex(table, constraint)),
    swapped: uniques.map((constraint) => ({ kind: 'addConstraintUsingIndex', table, constraint })),
    validated: checks.map(({ name }) => ({ kind: 'validateConstraint', table, name })),
    refusals: [
      ...refused.map((constraint) => refuse('added', table, constraint)),
      ...lost.map((constraint) => refuse('removed', table, constraint)),
      ...changed.map((constraint) => refuse('changed', table, constraint)),
    ],
  };
}

/** Its columns are all new: every row has null there, or the default, which the model has checked. */
function isFreshCheck(constraint: Constraint, fresh: readonly Column[]): boolean {
  if (constraint.kind !== 'check' && constraint.kind !== 'foreignKey') return false;
  return constraint.columns.length > 0 && constraint.columns.every((name) => find(fresh, name) !== undefined);
}

/** One of its columns is new and null in every row, and nulls are distinct. */
function isFreshUnique(constraint: Constraint, fresh: readonly Column[]): constraint is Unique {
  if (constraint.kind !== 'unique' || constraint.nullsNotDistinct === true) return false;
  return constraint.columns.some((name) => {
    const column = find(fresh, name);
    return column !== undefined && !column.notNull && column.default === undefined;
  });
}

function notYetValid(constraint: Constraint): Constraint {
  return constraint.kind === 'check' || constraint.kind === 'foreignKey'
    ? { ...constraint, notValid: true }
    : constraint;
}

function uniqueIndex(table: string, { name, columns }: Unique): readonly Operation[] {
  const keys = columns.map((column) => ({ column }));
  return [{ kind: 'createIndex', table, index: { name, unique: true, keys }, concurrently: true }];
}

const RULES = {
  unique: 'unique',
  check: 'check',
  foreignKey: 'reference',
  primaryKey: 'other',
  exclusion: 'other',
} as const satisfies Readonly<Record<Constraint['kind'], string>>;

function refuse(change: 'added' | 'removed' | 'changed', table: string, constraint: Constraint): SchemaRefusal {
  const rule = RULES[constraint.kind];
  return { kind: 'ruleChanged', change, rule, table, name: constraint.name, columns: columnsOf(constraint) };
}

function columnsOf(constraint: Constraint): readonly string[] {
  return constraint.kind === 'exclusion' ? [] : constraint.columns;
}
