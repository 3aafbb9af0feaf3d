import type { Column, Constraint, Index, Policy, Trigger } from '../database/database-schema.ts';
import type { Operation } from './operations.ts';

/**
 * What an operation changes and what it needs as it is, by names like `column leads.score`. `column leads.*` stands
 * for all columns of a table, where an expression may read any of them.
 */
export interface Touched {
  readonly writes: readonly string[];
  readonly reads: readonly string[];
}

/** The objects that operations touch, in their order, each once. */
export function touchedObjects(operations: readonly Operation[]): Touched {
  const parts = operations.map(touchedBy);
  return {
    writes: [...new Set(parts.flatMap(({ writes }) => writes))],
    reads: [...new Set(parts.flatMap(({ reads }) => reads))],
  };
}

/** What one side changes and the other touches too: in either order the outcome, or the error, would be another. */
export function conflictingObjects(a: readonly Operation[], b: readonly Operation[]): readonly string[] {
  const [left, right] = [touchedObjects(a), touchedObjects(b)];
  const met = [
    ...meeting(left.writes, [...right.writes, ...right.reads]),
    ...meeting(right.writes, [...left.writes, ...left.reads]),
  ];
  return [...new Set(met)].toSorted();
}

/** Functions that both sides write anew: what they say when both have come follows from the merged spec. */
export function rewrittenFunctions(a: readonly Operation[], b: readonly Operation[]): ReadonlySet<string> {
  const [left, right] = [a, b].map((operations) => new Set(operations.flatMap(rewrites)));
  return new Set([...(left ?? [])].filter((name) => right?.has(name)));
}

function rewrites(operation: Operation): readonly string[] {
  return operation.kind === 'replaceFunction' ? [`function ${operation.function.name}`] : [];
}

/** The tables, enums and other objects that both sides touch, whether or not they get in each other's way. */
export function sharedObjects(a: readonly Operation[], b: readonly Operation[]): readonly string[] {
  const [left, right] = [a, b].map((operations) => {
    const { writes, reads } = touchedObjects(operations);
    return new Set([...writes, ...reads].filter((name) => !name.includes('.')));
  });
  return [...(left ?? [])].filter((name) => right?.has(name)).toSorted();
}

function meeting(writes: readonly string[], touched: readonly string[]): readonly string[] {
  return writes.filter((name) => touched.some((other) => meets(name, other)));
}

/** A table that is made, renamed or dropped meets all that is part of it. */
function meets(written: string, other: string): boolean {
  if (written === other) return true;
  const [kind = '', name = ''] = split(written);
  const [otherKind, otherName = ''] = split(other);
  const [table = ''] = name.split('.');
  if (kind === 'table') return otherName === name || otherName.startsWith(`${name}.`);
  return (
    kind === 'column' &&
    otherKind === 'column' &&
    (otherName === `${table}.*` || name === `${otherName.split('.')[0]}.*`)
  );
}

function split(name: string): readonly string[] {
  const space = name.indexOf(' ');
  return [name.slice(0, space), name.slice(space + 1)];
}

function touchedBy(operation: Operation): Touched {
  if (isInTable(operation)) {
    const inner = touchedInTable(operation.table, operation);
    return { writes: inner.writes, reads: [`table ${operation.table}`, ...inner.reads] };
  }
  return touchedBeside(operation);
}

function isInTable(operation: Operation): operation is InTable {
  return 'table' in operation && typeof operation.table === 'string';
}

type InTable = Extract<Operation, { readonly table: string }>;

function touchedInTable(table: string, operation: InTable): Touched {
  const named = (kind: string, ...names: readonly string[]): readonly string[] =>
    names.map((name) => `${kind} ${table}.${name}`);
  switch (operation.kind) {
    case 'addColumn':
      return { writes: named('column', operation.column.name), reads: columnReads(operation.column) };
    case 'renameColumn':
      return { writes: named('column', operation.name, operation.to), reads: [] };
    case 'backfill':
      return { writes: named('column', ...operation.set.map(({ column }) => column)), reads: named('column', '*') };
    case 'addConstraint':
    case 'addConstraintUsingIndex':
      return {
        writes: named('constraint', operation.constraint.name),
        reads: constraintReads(table, operation.constraint),
      };
    case 'createIndex':
      return { writes: named('index', operation.index.name), reads: indexReads(table, operation.index) };
    case 'createTrigger':
      return { writes: named('trigger', operation.trigger.name), reads: triggerReads(table, operation.trigger) };
    case 'createPolicy':
      return { writes: named('policy', operation.policy.name), reads: policyReads(table, operation.policy) };
    case 'setRowSecurity':
      return { writes: [`row security ${table}`], reads: [] };
    case 'setOrigin':
      return { writes: [`origin ${table}`], reads: [] };
    default:
      return touchedByName(operation, named);
  }
}

/** Those that name one object of a table, and perhaps another name for it. */
function touchedByName(
  operation: Extract<InTable, { readonly name: string }>,
  named: (kind: string, ...names: readonly string[]) => readonly string[],
): Touched {
  const names = 'to' in operation ? [operation.name, operation.to] : [operation.name];
  const part = /(Constraint|Index|Trigger|Policy)$/.exec(operation.kind)?.[1]?.toLowerCase() ?? 'column';
  return { writes: named(part, ...names), reads: [] };
}

function touchedBeside(operation: Exclude<Operation, InTable>): Touched {
  switch (operation.kind) {
    case 'createTable': {
      const { name, columns, constraints } = operation.table;
      const reads = [...columns.flatMap(columnReads), ...constraints.flatMap((rule) => constraintReads(name, rule))];
      return { writes: [`table ${name}`], reads: reads.filter((object) => !object.startsWith(`column ${name}.`)) };
    }
    case 'createEnum':
      return { writes: [`enum ${operation.enum.name}`], reads: [] };
    case 'addEnumValue':
      return { writes: [`value ${operation.enum}.${operation.value}`], reads: [`enum ${operation.enum}`] };
    case 'setExchangedValues':
      return { writes: [`exchanged ${operation.enum}`], reads: [`enum ${operation.enum}`] };
    case 'renameEnumValue':
      return {
        writes: [operation.value, operation.to].map((value) => `value ${operation.enum}.${value}`),
        reads: [`enum ${operation.enum}`],
      };
    case 'createFunction':
    case 'replaceFunction':
      return { writes: [`function ${operation.function.name}`], reads: [] };
    case 'createView':
    case 'replaceView':
      return {
        writes: [`view ${operation.view.name}`],
        reads: operation.view.dependsOn.flatMap((name) => [`table ${name}`, `view ${name}`, `column ${name}.*`]),
      };
    case 'createExtension':
      return { writes: [`extension ${operation.extension.name}`], reads: [] };
    case 'createSchema':
      return { writes: [], reads: [] };
    default: {
      const kind = /[A-Z][a-z]+$/.exec(operation.kind)?.[0].toLowerCase() ?? operation.kind;
      const names = 'to' in operation ? [operation.name, operation.to] : [operation.name];
      return { writes: names.map((name) => `${kind} ${name}`), reads: [] };
    }
  }
}

function columnReads({ type, default: value }: Pick<Column, 'type' | 'default'>): readonly string[] {
  if (type.enum !== true) return [];
  const literal = /^'([^']*)'$/.exec(value ?? '')?.[1];
  return [`enum ${type.name}`, ...(literal === undefined ? [] : [`value ${type.name}.${literal}`])];
}

function constraintReads(table: string, constraint: Constraint): readonly string[] {
  const columns = (names: readonly string[], of = table): readonly string[] =>
    names.map((name) => `column ${of}.${name}`);
  switch (constraint.kind) {
    case 'foreignKey': {
      const { references } = constraint;
      const target = [`table ${references.table}`, ...columns(references.columns, references.table)];
      return [...columns(constraint.columns), ...target];
    }
    case 'exclusion':
      return [`column ${table}.*`];
    default:
      return columns(constraint.columns);
  }
}

function indexReads(table: string, { keys, include = [], where }: Index): readonly string[] {
  const isPlain = where === undefined && keys.every(({ expression }) => expression === undefined);
  if (!isPlain) return [`column ${table}.*`];
  return [...keys.flatMap(({ column }) => column ?? []), ...include].map((name) => `column ${table}.${name}`);
}

function triggerReads(table: string, trigger: Trigger): readonly string[] {
  const columns = trigger.events.flatMap((event) => event.columns ?? []).map((name) => `column ${table}.${name}`);
  return [`function ${trigger.function}`, ...(trigger.when === undefined ? columns : [`column ${table}.*`])];
}

function policyReads(table: string, { using, check }: Policy): readonly string[] {
  return using === undefined && check === undefined ? [] : [`column ${table}.*`];
}
