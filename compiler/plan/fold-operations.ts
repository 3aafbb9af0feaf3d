import { canonicalSchema } from './canonical-schema.ts';
import type { DatabaseSchema, Table } from './database-schema.ts';
import { foldTableOperation } from './fold-table-operation.ts';
import { change, insert, remove, rename } from './named-list.ts';
import type { DataOperation, Operation, SchemaOperation, TableOperation, ViewOperation } from './operations.ts';
import type { EnumOperation } from './operations.ts';
import { renameColumnEverywhere, renameEnumEverywhere, renameEnumValueEverywhere } from './fold-renames.ts';

/**
 * The schema after some operations, without a database.
 *
 * @throws FoldError where an operation does not fit.
 */
export function foldOperations(schema: DatabaseSchema, operations: readonly Operation[]): DatabaseSchema {
  return canonicalSchema(operations.reduce(foldOperation, schema));
}

function foldOperation(schema: DatabaseSchema, operation: Operation): DatabaseSchema {
  switch (operation.kind) {
    case 'createEnum':
    case 'renameEnum':
    case 'addEnumValue':
    case 'renameEnumValue':
    case 'dropEnum':
      return foldEnum(schema, operation);
    case 'createTable':
    case 'renameTable':
    case 'dropTable':
      return foldTable(schema, operation);
    case 'createView':
    case 'replaceView':
    case 'renameView':
    case 'dropView':
      return { ...schema, views: foldView(schema, operation) };
    case 'createSchema':
    case 'createExtension':
    case 'dropExtension':
    case 'createFunction':
    case 'replaceFunction':
    case 'renameFunction':
    case 'dropFunction':
    case 'backfill':
      return foldObject(schema, operation);
    case 'renameColumn':
      return renameColumnEverywhere(schema, operation);
    default: {
      const edit = (table: Table): Table => foldTableOperation(table, operation);
      return { ...schema, tables: change(schema.tables, operation.table, edit) };
    }
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
    case 'dropEnum':
      return { ...schema, enums: remove(enums, operation.name) };
    default:
      return operation satisfies never;
  }
}

function insertValue(values: readonly string[], value: string, before: string | undefined): readonly string[] {
  const position = before === undefined ? values.length : values.indexOf(before);
  return values.toSpliced(position < 0 ? values.length : position, 0, value);
}

function foldTable(schema: DatabaseSchema, operation: TableOperation): DatabaseSchema {
  switch (operation.kind) {
    case 'createTable': {
      const table = { ...operation.table, indexes: [], triggers: [], policies: [] };
      return { ...schema, tables: insert(schema.tables, table) };
    }
    case 'renameTable':
      return renameTable(schema, operation.name, operation.to);
    case 'dropTable':
      return { ...schema, tables: remove(schema.tables, operation.name) };
    default:
      return operation satisfies never;
  }
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
