import { canonicalSchema } from '../database/canonical-schema.ts';
import type { DatabaseSchema, EnumType } from '../database/database-schema.ts';
import { renameColumnEverywhere, renameEnumEverywhere, renameEnumValueEverywhere } from './fold-renames.ts';
import { foldTableOperation, type WithinTable } from './fold-table-operation.ts';
import { FoldError, change, insert, remove, rename } from './named-list.ts';
import type {
  DataOperation,
  EnumOperation,
  Operation,
  OperationOf,
  SchemaOperation,
  ViewOperation,
} from './operations.ts';

/**
 * The schema after some operations, without a database.
 *
 * @throws FoldError where an operation does not fit.
 */
export function foldOperations(schema: DatabaseSchema, operations: readonly Operation[]): DatabaseSchema {
  let folded = schema;
  for (let start = 0; start < operations.length;) {
    const run = localRun(operations, start);
    const operation = operations[start];
    if (run.length > 0) folded = foldLocally(folded, run);
    else if (operation !== undefined) folded = foldGlobally(folded, operation);
    start += Math.max(run.length, 1);
  }
  return canonicalSchema(folded);
}

/** The same; undefined where an operation does not fit. */
export function tryFold(schema: DatabaseSchema, operations: readonly Operation[]): DatabaseSchema | undefined {
  try {
    return foldOperations(schema, operations);
  } catch (error) {
    if (error instanceof FoldError) return undefined;
    throw error;
  }
}

/** Changes one table and nothing beside it. */
type LocalOperation = WithinTable | OperationOf<'createTable'>;

/** The operations from `start` on that each change one table: most of them, and so worth a table by name. */
function localRun(operations: readonly Operation[], start: number): readonly LocalOperation[] {
  const run: LocalOperation[] = [];
  for (let index = start; index < operations.length; index += 1) {
    const operation = operations[index];
    if (operation === undefined || !isLocal(operation)) break;
    run.push(operation);
  }
  return run;
}

function isLocal(operation: Operation): operation is LocalOperation {
  return 'table' in operation && operation.kind !== 'renameColumn' && operation.kind !== 'backfill';
}

function foldLocally(schema: DatabaseSchema, operations: readonly LocalOperation[]): DatabaseSchema {
  const tables = new Map(schema.tables.map((table) => [table.name, table]));
  for (const operation of operations) {
    if (operation.kind === 'createTable') {
      const { name } = operation.table;
      if (tables.has(name)) throw new FoldError(`"${name}" exists already`);
      tables.set(name, { ...operation.table, indexes: [], triggers: [], policies: [] });
    } else {
      const table = tables.get(operation.table);
      if (table === undefined) throw new FoldError(`"${operation.table}" does not exist`);
      tables.set(table.name, foldTableOperation(table, operation));
    }
  }
  return { ...schema, tables: [...tables.values()] };
}

type GlobalOperation = Exclude<Operation, LocalOperation>;

function foldGlobally(schema: DatabaseSchema, operation: Operation): DatabaseSchema {
  if (isLocal(operation)) return foldLocally(schema, [operation]);
  const global: GlobalOperation = operation;
  switch (global.kind) {
    case 'createEnum':
    case 'renameEnum':
    case 'addEnumValue':
    case 'renameEnumValue':
    case 'setExchangedValues':
    case 'dropEnum':
      return foldEnum(schema, global);
    case 'renameTable':
      return renameTable(schema, global.name, global.to);
    case 'dropTable':
      return { ...schema, tables: remove(schema.tables, global.name) };
    case 'renameColumn':
      return renameColumnEverywhere(schema, global);
    case 'createView':
    case 'replaceView':
    case 'renameView':
    case 'dropView':
      return { ...schema, views: foldView(schema, global) };
    default:
      return foldObject(schema, global);
  }
}

function foldObject(schema: DatabaseSchema, operation: SchemaOperation | DataOperation): DatabaseSchema {
  const { extensions, functions } = schema;
  switch (operation.kind) {
    case 'createSchema':
    case 'backfill':
      return schema;
    case 'createExtension':
      return { ...schema, extensions: insert(extensions, operation.extension) };
    case 'dropExtension':
      return { ...schema, extensions: remove(extensions, operation.name) };
    case 'createFunction':
      return { ...schema, functions: insert(functions, operation.function) };
    case 'replaceFunction':
      return { ...schema, functions: change(functions, operation.function.name, () => operation.function) };
    case 'renameFunction':
      return renameFunction(schema, operation.name, operation.to);
    case 'dropFunction':
      return { ...schema, functions: remove(functions, operation.name) };
    default:
      return operation satisfies never;
  }
}

function renameFunction(schema: DatabaseSchema, name: string, to: string): DatabaseSchema {
  const tables = schema.tables.map((table) => ({
    ...table,
    triggers: table.triggers.map((trigger) => (trigger.function === name ? { ...trigger, function: to } : trigger)),
  }));
  return { ...schema, tables, functions: rename(schema.functions, name, to) };
}

function foldEnum(schema: DatabaseSchema, operation: EnumOperation): DatabaseSchema {
  const { enums } = schema;
  switch (operation.kind) {
    case 'createEnum':
      return { ...schema, enums: insert(enums, operation.enum) };
    case 'renameEnum':
      return renameEnumEverywhere(schema, operation.name, operation.to);
    case 'addEnumValue':
      return {
        ...schema,
        enums: change(enums, operation.enum, (type) => ({
          ...type,
          values: insertValue(type.values, operation.value, operation.before),
        })),
      };
    case 'renameEnumValue':
      return renameEnumValueEverywhere(schema, operation);
    case 'setExchangedValues':
      return { ...schema, enums: change(enums, operation.enum, (type) => withExchanged(type, operation)) };
    case 'dropEnum':
      return { ...schema, enums: remove(enums, operation.name) };
    default:
      return operation satisfies never;
  }
}

function withExchanged(type: EnumType, { exchanged }: OperationOf<'setExchangedValues'>): EnumType {
  const { exchanged: _, ...rest } = type;
  return exchanged === undefined ? rest : { ...rest, exchanged };
}

function insertValue(values: readonly string[], value: string, before: string | undefined): readonly string[] {
  const position = before === undefined ? values.length : values.indexOf(before);
  return values.toSpliced(position < 0 ? values.length : position, 0, value);
}

function renameTable(schema: DatabaseSchema, name: string, to: string): DatabaseSchema {
  const tables = rename(schema.tables, name, to).map((table) => ({
    ...table,
    constraints: table.constraints.map((constraint) =>
      constraint.kind === 'foreignKey' && constraint.references.table === name
        ? { ...constraint, references: { ...constraint.references, table: to } }
        : constraint,
    ),
  }));
  const views = schema.views.map((view) => ({
    ...view,
    dependsOn: view.dependsOn.map((used) => (used === name ? to : used)),
  }));
  return { ...schema, tables, views };
}

function foldView({ views }: DatabaseSchema, operation: ViewOperation): DatabaseSchema['views'] {
  switch (operation.kind) {
    case 'createView':
      return insert(views, operation.view);
    case 'replaceView':
      return change(views, operation.view.name, () => operation.view);
    case 'renameView':
      return rename(views, operation.name, operation.to);
    case 'dropView':
      return remove(views, operation.name);
    default:
      return operation satisfies never;
  }
}
