import { qualify, quoteIdentifier, quoteLiteral } from '../sql/sql-text.ts';
import { backfillSql } from './backfill-sql.ts';
import { createIndexSql } from './index-sql.ts';
import { enumSql, enumValueSql, extensionSql, functionSql, triggerSql, viewSql } from './object-sql.ts';
import type {
  ColumnOperation,
  ConstraintOperation,
  EnumOperation,
  IndexOperation,
  Operation,
  SchemaOperation,
  SecurityOperation,
  TriggerOperation,
  ViewOperation,
} from './operations.ts';
import { policySql, rowSecuritySql } from './security-sql.ts';
import { columnSql, constraintSql, createTableSql, identitySql, typeSql } from './table-sql.ts';

/** One operation as SQL that Postgres 15 to 18 take alike; every object is named with its schema. */
export function operationSql(schema: string, operation: Operation): string {
  switch (operation.kind) {
    case 'createTable':
      return createTableSql(schema, operation.table);
    case 'renameTable':
      return `${alterTable(schema, operation.name)} rename to ${quoteIdentifier(operation.to)};`;
    case 'dropTable':
      return `drop table ${qualify(schema, operation.name)};`;
    case 'setOrigin':
      return '';
    case 'backfill':
      return backfillSql(schema, operation);
    case 'createView':
    case 'replaceView':
    case 'renameView':
    case 'dropView':
      return viewOperationSql(schema, operation);
    case 'createEnum':
    case 'renameEnum':
    case 'addEnumValue':
    case 'renameEnumValue':
    case 'setExchangedValues':
    case 'dropEnum':
      return enumOperationSql(schema, operation);
    default:
      return 'table' in operation ? withinTableSql(schema, operation) : schemaOperationSql(schema, operation);
  }
}

function alterTable(schema: string, table: string): string {
  return `alter table ${qualify(schema, table)}`;
}

function schemaOperationSql(schema: string, operation: SchemaOperation): string {
  switch (operation.kind) {
    case 'createSchema':
      return `create schema if not exists ${quoteIdentifier(schema)};`;
    case 'createExtension':
      return extensionSql(schema, operation.extension);
    case 'dropExtension':
      return `drop extension ${quoteIdentifier(operation.name)};`;
    case 'createFunction':
      return functionSql(schema, operation.function);
    case 'replaceFunction':
      return functionSql(schema, operation.function, true);
    case 'renameFunction':
      return `alter function ${qualify(schema, operation.name)} rename to ${quoteIdentifier(operation.to)};`;
    case 'dropFunction':
      return `drop function ${qualify(schema, operation.name)};`;
    default:
      return operation satisfies never;
  }
}

function enumOperationSql(schema: string, operation: EnumOperation): string {
  switch (operation.kind) {
    case 'createEnum':
      return enumSql(schema, operation.enum);
    case 'renameEnum':
      return `alter type ${qualify(schema, operation.name)} rename to ${quoteIdentifier(operation.to)};`;
    case 'addEnumValue':
      return enumValueSql(schema, operation);
    case 'renameEnumValue': {
      const { value, to } = operation;
      return `alter type ${qualify(schema, operation.enum)} rename value ${quoteLiteral(value)} to ${quoteLiteral(to)};`;
    }
    case 'setExchangedValues':
      return '';
    case 'dropEnum':
      return `drop type ${qualify(schema, operation.name)};`;
    default:
      return operation satisfies never;
  }
}

function viewOperationSql(schema: string, operation: ViewOperation): string {
  switch (operation.kind) {
    case 'createView':
      return viewSql(schema, operation.view);
    case 'replaceView':
      return viewSql(schema, operation.view, true);
    case 'renameView':
      return `alter ${viewWord(operation)} ${qualify(schema, operation.name)} rename to ${quoteIdentifier(operation.to)};`;
    case 'dropView':
      return `drop ${viewWord(operation)} ${qualify(schema, operation.name)};`;
    default:
      return operation satisfies never;
  }
}

function viewWord({ materialized }: { readonly materialized?: true }): string {
  return materialized === true ? 'materialized view' : 'view';
}

type WithinTable = ColumnOperation | ConstraintOperation | IndexOperation | TriggerOperation | SecurityOperation;

function withinTableSql(schema: string, operation: WithinTable): string {
  const { table } = operation;
  switch (operation.kind) {
    case 'createIndex':
      return createIndexSql(schema, operation);
    case 'renameIndex':
      return `alter index ${qualify(schema, operation.name)} rename to ${quoteIdentifier(operation.to)};`;
    case 'dropIndex': {
      const how = operation.concurrently === true ? 'concurrently if exists ' : '';
      return `drop index ${how}${qualify(schema, operation.name)};`;
    }
    case 'createTrigger':
      return triggerSql(schema, table, operation.trigger);
    case 'renameTrigger': {
      const [name, to] = [quoteIdentifier(operation.name), quoteIdentifier(operation.to)];
      const trigger = `alter trigger ${name} on ${qualify(schema, table)} rename to ${to};`;
      // Postgres renames the trigger alone.
      const constraint = `${alterTable(schema, table)} rename constraint ${name} to ${to};`;
      return operation.constraint === true ? `${trigger}\n${constraint}` : trigger;
    }
    case 'dropTrigger':
      return `drop trigger ${quoteIdentifier(operation.name)} on ${qualify(schema, table)};`;
    case 'createPolicy':
      return policySql(schema, table, operation.policy);
    case 'renamePolicy':
      return `alter policy ${quoteIdentifier(operation.name)} on ${qualify(schema, table)} rename to ${quoteIdentifier(operation.to)};`;
    case 'dropPolicy':
      return `drop policy ${quoteIdentifier(operation.name)} on ${qualify(schema, table)};`;
    case 'setRowSecurity':
      return `${alterTable(schema, table)} ${rowSecuritySql(operation.rowSecurity)};`;
    case 'setIdentity':
      return setIdentitySql(schema, operation);
    default:
      return `${alterTable(schema, table)} ${alterationSql(schema, operation)};`;
  }
}

type Alteration = Exclude<ColumnOperation | ConstraintOperation, Extract<Operation, { readonly kind: 'setIdentity' }>>;

/** What stands after `alter table x`. */
function alterationSql(schema: string, operation: Alteration): string {
  const name = 'name' in operation ? quoteIdentifier(operation.name) : '';
  switch (operation.kind) {
    case 'addColumn':
      return `add column ${columnSql(schema, operation.column)}`;
    case 'renameColumn':
      return `rename column ${name} to ${quoteIdentifier(operation.to)}`;
    case 'setColumnType': {
      const collation = operation.collation === undefined ? '' : ` collate ${quoteIdentifier(operation.collation)}`;
      const using = operation.using === undefined ? '' : ` using ${operation.using}`;
      return `alter column ${name} type ${typeSql(schema, operation.type)}${collation}${using}`;
    }
    case 'setDefault':
      return `alter column ${name} ${operation.default === undefined ? 'drop default' : `set default ${operation.default}`}`;
    case 'setNotNull':
      return `alter column ${name} ${operation.notNull ? 'set' : 'drop'} not null`;
    case 'dropExpression':
      return `alter column ${name} drop expression`;
    case 'dropColumn':
      return `drop column ${name}`;
    default:
      return ruleSql(schema, operation);
  }
}

function ruleSql(schema: string, operation: ConstraintOperation): string {
  const name = 'name' in operation ? quoteIdentifier(operation.name) : '';
  switch (operation.kind) {
    case 'addConstraint':
      return `add ${constraintSql(schema, operation.constraint)}`;
    case 'validateConstraint':
      return `validate constraint ${name}`;
    case 'addConstraintUsingIndex': {
      const { constraint, index = constraint.name } = operation;
      const kind = constraint.kind === 'primaryKey' ? 'primary key' : 'unique';
      const deferrable = constraint.kind === 'unique' ? deferrableText(constraint.deferrable) : '';
      return `add constraint ${quoteIdentifier(constraint.name)} ${kind} using index ${quoteIdentifier(index)}${deferrable}`;
    }
    case 'alterConstraint':
      return `alter constraint ${name}${deferrableText(operation.deferrable) || ' not deferrable'}`;
    case 'renameConstraint':
      return `rename constraint ${name} to ${quoteIdentifier(operation.to)}`;
    case 'dropConstraint':
      return `drop constraint ${name}`;
    default:
      return operation satisfies never;
  }
}

function deferrableText(deferrable: 'initiallyImmediate' | 'initiallyDeferred' | undefined): string {
  if (deferrable === undefined) return '';
  return deferrable === 'initiallyDeferred' ? ' deferrable initially deferred' : ' deferrable initially immediate';
}

/** A new identity goes on after the highest value that is there. */
function setIdentitySql(schema: string, operation: Extract<Operation, { readonly kind: 'setIdentity' }>): string {
  const { table, name, identity, archive } = operation;
  const column = `${alterTable(schema, table)} alter column ${quoteIdentifier(name)}`;
  if (identity === undefined) return `${column} drop identity;`;
  if (operation.added !== true) {
    return `${column} set generated ${identity.generation === 'always' ? 'always' : 'by default'};`;
  }
  const sequence = `pg_get_serial_sequence(${quoteLiteral(qualify(schema, table))}, ${quoteLiteral(name)})`;
  const start = identity.start ?? '1';
  const tables = [table, ...(archive === undefined ? [] : [archive])];
  const taken = tables.map((from) => `select max(${quoteIdentifier(name)}) as highest from ${qualify(schema, from)}`);
  // The highest number of all may be the last that there is.
  const set = `select setval(${sequence}, greatest(max(highest), ${start}), coalesce(max(highest) >= ${start}, false))`;
  return `${column} add ${identitySql(identity)};\n${set}\nfrom (${taken.join(' union all ')}) taken;`;
}
