import type { Column, Constraint, DatabaseSchema, Table, Trigger } from '../../database/database-schema.ts';
import { byName } from '../../database/canonical-schema.ts';
import { find } from '../named-list.ts';
import type { Operation, OperationOf } from '../operations.ts';
import { sameValue } from '../same-value.ts';
import { sameObject } from './same-object.ts';

/** Enum types whose one name went and whose other came, in the same columns and with a value in common. */
export function followingEnums(from: DatabaseSchema, to: DatabaseSchema): readonly Operation[] {
  const renames = new Map<string, string>();
  for (const [old, next] of pairs(from, to).flatMap(({ old, next }) => columnPairs(old, next))) {
    const [name, other] = [old.type.name, next.type.name];
    if (old.type.enum !== true || next.type.enum !== true || name === other) continue;
    if (find(to.enums, name) !== undefined || find(from.enums, other) !== undefined) continue;
    const values = find(to.enums, other)?.values ?? [];
    const isShared = find(from.enums, name)?.values.some((value) => values.includes(value)) === true;
    if (isShared && !renames.has(name) && ![...renames.values()].includes(other)) renames.set(name, other);
  }
  return [...renames].map(([name, other]) => ({ kind: 'renameEnum', name, to: other }));
}

/** What is the same but for its name takes its new name: nothing is dropped and built again. */
export function followingNames(from: DatabaseSchema, to: DatabaseSchema): readonly Operation[] {
  const functions = followingFunctions(from, to);
  const names = new Map(functions.map(({ name, to: other }) => [name, other]));
  const within = pairs(from, to).flatMap(({ old, next }) => followingWithin(old, next, names));
  return [...functions.map((item) => ({ kind: 'renameFunction', ...item }) as const), ...freeingFirst(within)];
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

interface NameChange {
  readonly name: string;
  readonly to: string;
}

/** Functions that a trigger of the same table calls, before and after. */
function followingFunctions(from: DatabaseSchema, to: DatabaseSchema): readonly NameChange[] {
  const found = new Map<string, string>();
  for (const { old, next } of pairs(from, to)) {
    const come = next.triggers.filter(({ name }) => find(old.triggers, name) === undefined);
    for (const trigger of old.triggers.filter(({ name }) => find(next.triggers, name) === undefined)) {
      if (find(to.functions, trigger.function) !== undefined || found.has(trigger.function)) continue;
      const match = come.find(
        (item) => find(from.functions, item.function) === undefined && sameValue(unnamed(item), unnamed(trigger)),
      );
      if (match !== undefined && ![...found.values()].includes(match.function)) {
        found.set(trigger.function, match.function);
      }
    }
  }
  return [...found].map(([name, other]) => ({ name, to: other }));
}

function unnamed(trigger: Trigger): Trigger {
  return { ...trigger, name: '', function: '' };
}

function followingWithin(old: Table, next: Table, functions: ReadonlyMap<string, string>): readonly Operation[] {
  const table = next.name;
  const triggers = old.triggers.map((item) => ({ ...item, function: functions.get(item.function) ?? item.function }));
  return [
    ...changes<Constraint>(old.constraints, next.constraints).map(
      (change) => ({ kind: 'renameConstraint', table, ...change }) as const,
    ),
    ...changes(old.indexes, next.indexes).map((change) => ({ kind: 'renameIndex', table, ...change }) as const),
    ...changes(triggers, next.triggers).map((change): OperationOf<'renameTrigger'> => {
      const isConstraint = find(triggers, change.name)?.deferrable !== undefined;
      return { kind: 'renameTrigger', table, ...change, ...(isConstraint && { constraint: true }) };
    }),
    ...changes(old.policies, next.policies).map((change) => ({ kind: 'renamePolicy', table, ...change }) as const),
  ];
}

/** Names that went, each with the name of the first equal object that came. */
function changes<Item extends Parameters<typeof sameObject>[0]>(
  old: readonly Item[],
  next: readonly Item[],
): readonly NameChange[] {
  const come = byName(next).filter(({ name }) => find(old, name) === undefined);
  const taken = new Set<string>();
  return byName(old).flatMap((item) => {
    if (find(next, item.name) !== undefined) return [];
    const match = come.find((other) => !taken.has(other.name) && sameObject(item, other));
    if (match === undefined) return [];
    taken.add(match.name);
    return [{ name: item.name, to: match.name }];
  });
}

type NamedOperation = Extract<Operation, { readonly to: string; readonly name: string }>;

/** Names of indexes are one space, so one may have to go before another can have its name. */
function freeingFirst(operations: readonly Operation[]): readonly Operation[] {
  const named = new Map(operations.filter(isNamed).map((operation) => [operation.name, operation]));
  const ordered = new Set<Operation>();
  const visit = (operation: Operation, above: readonly Operation[]): void => {
    const blocker = isNamed(operation) ? named.get(operation.to) : undefined;
    if (blocker !== undefined && !ordered.has(blocker) && !above.includes(blocker)) {
      visit(blocker, [...above, operation]);
    }
    ordered.add(operation);
  };
  for (const operation of operations) visit(operation, []);
  return [...ordered];
}

function isNamed(operation: Operation): operation is NamedOperation {
  return 'to' in operation && 'name' in operation;
}
