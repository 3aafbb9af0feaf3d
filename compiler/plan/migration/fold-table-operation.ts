import type { Column, Constraint, Table } from '../database/database-schema.ts';
import { change, find, FoldError, insert, remove, rename } from './named-list.ts';
import type {
  ColumnOperation,
  ConstraintOperation,
  IndexOperation,
  OperationOf,
  SecurityOperation,
  TriggerOperation,
} from './operations.ts';

/** Operations that change one table and nothing beside it. */
export type WithinTable =
  | Exclude<ColumnOperation, OperationOf<'renameColumn'>>
  | ConstraintOperation
  | IndexOperation
  | TriggerOperation
  | SecurityOperation
  | OperationOf<'setOrigin'>;

/** One table after an operation within it. */
export function foldTableOperation(table: Table, operation: WithinTable): Table {
  switch (operation.kind) {
    case 'addConstraint':
    case 'validateConstraint':
    case 'addConstraintUsingIndex':
    case 'alterConstraint':
    case 'renameConstraint':
    case 'dropConstraint':
      return foldConstraint(table, operation);
    case 'createIndex':
      return { ...table, indexes: insert(table.indexes, operation.index) };
    case 'renameIndex':
      return { ...table, indexes: rename(table.indexes, operation.name, operation.to) };
    case 'dropIndex':
      return { ...table, indexes: remove(table.indexes, operation.name) };
    case 'createTrigger':
      return { ...table, triggers: insert(table.triggers, operation.trigger) };
    case 'renameTrigger':
      return { ...table, triggers: rename(table.triggers, operation.name, operation.to) };
    case 'dropTrigger':
      return { ...table, triggers: remove(table.triggers, operation.name) };
    case 'setRowSecurity':
    case 'createPolicy':
    case 'renamePolicy':
    case 'dropPolicy':
      return foldSecurity(table, operation);
    case 'setOrigin': {
      const { origin: _, ...rest } = table;
      return operation.origin === undefined ? rest : { ...rest, origin: operation.origin };
    }
    default:
      return foldColumn(table, operation);
  }
}

function foldConstraint(table: Table, operation: ConstraintOperation): Table {
  const { constraints } = table;
  switch (operation.kind) {
    case 'addConstraint':
      return withConstraint(table, operation.constraint);
    case 'validateConstraint':
      return { ...table, constraints: change(constraints, operation.name, validated) };
    case 'addConstraintUsingIndex': {
      const indexes = remove(table.indexes, operation.index ?? operation.constraint.name);
      return withConstraint({ ...table, indexes }, operation.constraint);
    }
    case 'alterConstraint':
      return { ...table, constraints: change(constraints, operation.name, (item) => deferred(item, operation)) };
    case 'renameConstraint':
      return { ...table, constraints: rename(constraints, operation.name, operation.to) };
    case 'dropConstraint':
      return { ...table, constraints: remove(constraints, operation.name) };
    default:
      return operation satisfies never;
  }
}

/** A primary key makes its columns required, as Postgres does. */
function withConstraint(table: Table, constraint: Constraint): Table {
  const constraints = insert(table.constraints, constraint);
  if (constraint.kind !== 'primaryKey') return { ...table, constraints };
  const require = (column: Column): Column =>
    constraint.columns.includes(column.name) ? { ...column, notNull: true } : column;
  return { ...table, constraints, columns: table.columns.map(require) };
}

function deferred(constraint: Constraint, { deferrable }: OperationOf<'alterConstraint'>): Constraint {
  if (constraint.kind !== 'foreignKey') return constraint;
  const { deferrable: _, ...rest } = constraint;
  return deferrable === undefined ? rest : { ...rest, deferrable };
}

function validated(constraint: Constraint): Constraint {
  if (constraint.kind !== 'check' && constraint.kind !== 'foreignKey') return constraint;
  const { notValid: _, ...valid } = constraint;
  return valid;
}

function foldSecurity(table: Table, operation: SecurityOperation): Table {
  switch (operation.kind) {
    case 'setRowSecurity': {
      const { rowSecurity: _, ...rest } = table;
      return operation.rowSecurity === undefined ? rest : { ...rest, rowSecurity: operation.rowSecurity };
    }
    case 'createPolicy':
      return { ...table, policies: insert(table.policies, operation.policy) };
    case 'renamePolicy':
      return { ...table, policies: rename(table.policies, operation.name, operation.to) };
    case 'dropPolicy':
      return { ...table, policies: remove(table.policies, operation.name) };
    default:
      return operation satisfies never;
  }
}

function foldColumn(table: Table, operation: Exclude<ColumnOperation, OperationOf<'renameColumn'>>): Table {
  if (operation.kind === 'addColumn') return { ...table, columns: insert(table.columns, operation.column) };
  if (operation.kind === 'dropColumn') return withoutColumn(table, operation.name);
  return { ...table, columns: change(table.columns, operation.name, (column) => editColumn(column, operation)) };
}

type ColumnEdit = OperationOf<'setColumnType' | 'setDefault' | 'setNotNull' | 'setIdentity' | 'dropExpression'>;

function editColumn(column: Column, operation: ColumnEdit): Column {
  switch (operation.kind) {
    case 'setColumnType': {
      const { collation: _, ...rest } = column;
      const { type, collation } = operation;
      return { ...rest, type, ...(collation === undefined ? {} : { collation }) };
    }
    case 'setNotNull':
      return { ...column, notNull: operation.notNull };
    case 'setDefault': {
      const { default: _, ...rest } = column;
      return operation.default === undefined ? rest : { ...rest, default: operation.default };
    }
    case 'setIdentity': {
      const { identity: _, ...rest } = column;
      return operation.identity === undefined ? rest : { ...rest, identity: operation.identity };
    }
    case 'dropExpression': {
      const { generated: _, ...rest } = column;
      return rest;
    }
    default:
      return operation satisfies never;
  }
}

/** Postgres drops with a column the constraints and indexes that use it. */
function withoutColumn(table: Table, name: string): Table {
  if (find(table.columns, name) === undefined) throw new FoldError(`"${name}" does not exist`);
  return {
    ...table,
    columns: remove(table.columns, name),
    constraints: table.constraints.filter((item) => item.kind === 'exclusion' || !item.columns.includes(name)),
    indexes: table.indexes.filter((index) => !index.keys.some((key) => key.column === name)),
  };
}
