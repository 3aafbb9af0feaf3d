import type { Column, Constraint, DatabaseSchema, Table, Trigger } from '../../database/database-schema.ts';
import { byName } from '../../database/canonical-schema.ts';
import { find } from '../named-list.ts';
import type { Operation } from '../operations.ts';
import { sameTable } from '../same-schema.ts';
import { sameValue } from '../same-value.ts';
import { hasIndex, relationNames } from './relation-names.ts';
import { renamingSteps, type RenamingStep } from './renaming-steps.ts';
import { inOrder, sameObject } from './same-object.ts';
import { freed, type NameChange } from './sort-out-renames.ts';

/** Enum types whose one name went and whose other came, in the same columns and with a value in common. */
export function followingEnums(from: DatabaseSchema, to: DatabaseSchema): readonly NameChange[] {
  const renames = new Map<string, string>();
  for (const [old, next] of pairs(from, to).flatMap(({ old, next }) => columnPairs(old, next))) {
    const [name, other] = [old.type.name, next.type.name];
    if (old.type.enum !== true || next.type.enum !== true || name === other) continue;
    if (find(to.enums, name) !== undefined || find(from.enums, other) !== undefined) continue;
    const values = find(to.enums, other)?.values ?? [];
    const isShared = find(from.enums, name)?.values.some((value) => values.includes(value)) === true;
    if (isShared && !renames.has(name) && ![...renames.values()].includes(other)) renames.set(name, other);
  }
  return [...renames].map(([name, other]) => ({ name, to: other }));
}

/** Names that change with what they derive from. */
export interface FollowingNames {
  readonly changes: readonly NameChange[];
  readonly operations: readonly Operation[];
}

/** What is the same but for its name takes its new name: nothing is dropped and built again. */
export function followingNames(from: DatabaseSchema, to: DatabaseSchema): FollowingNames {
  const functions = followingFunctions(from, to);
  const names = new Map(functions.map(({ name, to: other }) => [name, other]));
  const within = pairs(from, to)
    .filter(({ old, next }) => !sameTable(old, next))
    .map(({ old, next }) => followingWithin(old, next, names));
  const relations = freed(
    within.flatMap((item) => item.relations),
    new Set(from.tables.flatMap(relationNames)),
  );
  const others = within.flatMap((item) => item.others);
  return {
    changes: [...functions, ...relations, ...others.flat()],
    operations: [
      ...renamingSteps(functions).map(({ name, to: other }) => ({ kind: 'renameFunction', name, to: other }) as const),
      ...[relations, ...others].flatMap((changes) => renamingSteps(changes).map(toOperation)),
    ],
  };
}

interface TableNames {
  readonly old: Table;
  readonly next: Table;
}

function pairs(from: DatabaseSchema, to: DatabaseSchema): readonly TableNames[] {
  const olds = new Map(from.tables.map((table) => [table.name, table]));
  return byName(to.tables).flatMap((next) => {
    const old = olds.get(next.name);
    return old === undefined ? [] : [{ old, next }];
  });
}

function columnPairs(old: Table, next: Table): readonly (readonly [Column, Column])[] {
  return old.columns.flatMap((column): readonly (readonly [Column, Column])[] => {
    const other = find(next.columns, column.name);
    return other === undefined ? [] : [[column, other]];
  });
}

interface ObjectChange extends NameChange {
  readonly table: string;
  readonly kind: 'constraint' | 'index' | 'trigger' | 'policy';
  /** Of a constraint trigger. */
  readonly isConstraint?: true;
}

function toOperation({ of, name, to }: RenamingStep<ObjectChange>): Operation {
  const { table } = of;
  switch (of.kind) {
    case 'constraint':
      return { kind: 'renameConstraint', table, name, to };
    case 'index':
      return { kind: 'renameIndex', table, name, to };
    case 'trigger':
      return { kind: 'renameTrigger', table, name, to, ...(of.isConstraint && { constraint: true }) };
    case 'policy':
      return { kind: 'renamePolicy', table, name, to };
    default:
      return of.kind satisfies never;
  }
}

/** Functions that a trigger of the same table calls, before and after. */
function followingFunctions(from: DatabaseSchema, to: DatabaseSchema): readonly NameChange[] {
  const found = new Map<string, string>();
  const kept = new Set<string>();
  for (const { old, next } of pairs(from, to)) {
    const come = next.triggers.filter(({ name }) => find(old.triggers, name) === undefined);
    for (const trigger of old.triggers) {
      const same = find(next.triggers, trigger.name);
      if (same?.function === trigger.function) kept.add(trigger.function);
      if (same !== undefined || found.has(trigger.function)) continue;
      const alike = come.filter((item) => sameValue(unnamed(item), unnamed(trigger))).map((item) => item.function);
      const match = alike.find((name) => ![...found.values()].includes(name));
      if (match !== undefined && !alike.includes(trigger.function)) found.set(trigger.function, match);
    }
  }
  const changes = [...found].map(([name, other]) => ({ name, to: other })).filter(({ name }) => !kept.has(name));
  return moved(changes, from.functions, to.functions);
}

/** Without those whose new name something keeps, or whose old name something else goes on under. */
function moved<Item extends NameChange>(
  changes: readonly Item[],
  old: readonly Named[],
  next: readonly Named[],
): readonly Item[] {
  const names = new Set(old.map(({ name }) => name));
  const free = freed(changes, names);
  const targets = new Set(free.map(({ to }) => to));
  const left = free.filter(({ name }) => targets.has(name) || !next.some((item) => item.name === name));
  return left.length === changes.length ? left : moved(left, old, next);
}

interface Named {
  readonly name: string;
}

function unnamed(trigger: Trigger): Trigger {
  return { ...trigger, name: '', function: '', events: inOrder(trigger.events) };
}

/** Changes within a table: of names that all tables share, and of those that are the table's own, kind by kind. */
interface WithinTable {
  readonly relations: readonly ObjectChange[];
  readonly others: readonly (readonly ObjectChange[])[];
}

function followingWithin(old: Table, next: Table, functions: ReadonlyMap<string, string>): WithinTable {
  const table = next.name;
  const triggers = old.triggers.map((item) => ({ ...item, function: functions.get(item.function) ?? item.function }));
  const constraints = changes<Constraint>(old.constraints, next.constraints).map((change): ObjectChange => ({
    ...change,
    table,
    kind: 'constraint',
  }));
  const isRelation = ({ name }: NameChange): boolean => hasIndex(find<Constraint>(old.constraints, name));
  return {
    relations: [
      ...constraints.filter(isRelation),
      ...changes(old.indexes, next.indexes).map((change): ObjectChange => ({ ...change, table, kind: 'index' })),
    ],
    others: [
      constraints.filter((change) => !isRelation(change)),
      changes(triggers, next.triggers).map((change): ObjectChange => {
        const isConstraint = find(triggers, change.name)?.deferrable !== undefined;
        return { ...change, table, kind: 'trigger', ...(isConstraint && { isConstraint: true }) };
      }),
      changes(old.policies, next.policies).map((change): ObjectChange => ({ ...change, table, kind: 'policy' })),
    ],
  };
}

/** Names of what went or changed, each with the name of the first equal object that came. */
function changes<Item extends Parameters<typeof sameObject>[0]>(
  old: readonly Item[],
  next: readonly Item[],
): readonly NameChange[] {
  const differs = (item: Item, others: readonly Item[]): boolean => {
    const other = find(others, item.name);
    return other === undefined || !sameObject(item, other);
  };
  const come = byName(next).filter((item) => differs(item, old));
  const taken = new Set<string>();
  const found = byName(old).flatMap((item) => {
    if (!differs(item, next)) return [];
    const match = come.find((other) => !taken.has(other.name) && sameObject(item, other));
    if (match === undefined) return [];
    taken.add(match.name);
    return [{ name: item.name, to: match.name }];
  });
  return freed(found, new Set(old.map(({ name }) => name)));
}
