import { constraintSql, createTableSql, columnSql } from './table-sql.ts';
import { enumSql, enumValueSql, functionSql, triggerSql } from './object-sql.ts';
import { createIndexSql } from './index-sql.ts';
import type { Operation } from './operations.ts';
import { qualify, quoteIdentifier } from '../sql/sql-text.ts';

/** One operation as SQL that Postgres 15 to 18 take alike; every object is named with its schema. */
export function operationSql(schema: string, operation: Operation): string {
  switch (operation.kind) {
    case 'createSchema':
      return `create schema if not exists ${quoteIdentifier(schema)};`;
    case 'createEnum':
      return enumSql(schema, operation.enum);
    case 'addEnumValue':
      return enumValueSql(schema, operation);
    case 'createFunction':
      return functionSql(schema, operation.function);
    case 'createTable':
      return createTableSql(schema, operation.table);
    case 'addColumn':
      return `${alterTable(schema, operation.table)} add column ${columnSql(schema, operation.column)};`;
    case 'addConstraint':
      return `${alterTable(schema, operation.table)} add ${constraintSql(schema, operation.constraint)};`;
    case 'validateConstraint':
      return `${alterTable(schema, operation.table)} validate constraint ${quoteIdentifier(operation.name)};`;
    case 'addConstraintUsingIndex': {
      const name = quoteIdentifier(operation.constraint.name);
      return `${alterTable(schema, operation.table)} add constraint ${name} unique using index ${name};`;
    }
    case 'createIndex':
      return createIndexSql(schema, operation);
    case 'dropIndex': {
      const how = operation.concurrently === true ? 'concurrently if exists ' : '';
      return `drop index ${how}${qualify(schema, operation.name)};`;
    }
    case 'createTrigger':
      return triggerSql(schema, operation.table, operation.trigger);
    default:
      throw new Error(`no plan uses the operation ${operation.kind} yet`);
  }
}

function alterTable(schema: string, table: string): string {
  return `alter table ${qualify(schema, table)}`;
}
