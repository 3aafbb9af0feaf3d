import type { DatabaseFunction, DatabaseSchema } from '../database/database-schema.ts';
import { sqlNames } from '../sql/sql-tokens.ts';
import type { MigrationRecord } from './migration-record.ts';
import { find } from './named-list.ts';
import { enumValueSql, functionSql } from './object-sql.ts';
import type { Operation, OperationOf } from './operations.ts';

interface Merge {
  /** What the operations are put on top of. */
  readonly schema: DatabaseSchema;
  /** What the merged spec needs. */
  readonly wanted: DatabaseSchema;
  /** `function leads_archive`: those that both sides wrote anew. */
  readonly rewritten: ReadonlySet<string>;
}

/** An operation of one branch where it also has to do justice to the other. */
export function asMerged(operation: Operation, merge: Merge): Operation {
  if (operation.kind === 'addEnumValue') return inPlace(operation, merge);
  if (operation.kind !== 'replaceFunction') return operation;
  const present = rewrittenIn(operation, merge);
  // Theirs stays in force, so that no value of theirs is lost; the next build plans what serves both.
  return present === undefined ? operation : { ...operation, function: present };
}

/** A new value stands where the merged spec has it among those that are there by now. */
function inPlace(operation: OperationOf<'addEnumValue'>, { schema, wanted }: Merge): Operation {
  const present = find(schema.enums, operation.enum)?.values ?? [];
  const order = find(wanted.enums, operation.enum)?.values ?? [];
  const position = order.indexOf(operation.value);
  if (position < 0) return operation;
  const before = order.slice(position + 1).find((value) => present.includes(value));
  const { before: _, ...rest } = operation;
  return before === undefined ? rest : { ...rest, before };
}

/** Whether what both sides wrote anew may wait for the next build: it does nothing but keep deleted rows, and goes on doing so. */
export function isSettled(operations: readonly Operation[], merge: Merge, after: DatabaseSchema): boolean {
  return operations.every((operation) => {
    if (operation.kind !== 'replaceFunction') return true;
    const present = rewrittenIn(operation, merge);
    return present === undefined || (keepsDeleted(present, merge) && !loses(present, merge.schema, after));
  });
}

function rewrittenIn(
  { function: { name } }: OperationOf<'replaceFunction'>,
  merge: Merge,
): DatabaseFunction | undefined {
  return merge.rewritten.has(`function ${name}`) ? find(merge.schema.functions, name) : undefined;
}

/** Others keep values or rules meanwhile, which rows that are written before the next build's migration would lack. */
function keepsDeleted({ name, body }: DatabaseFunction, { wanted }: Merge): boolean {
  const names = sqlNames(body.join('\n'));
  const calls = wanted.tables.flatMap(({ triggers }) => triggers.filter((trigger) => trigger.function === name));
  return (
    wanted.tables.some((table) => table.origin?.holds === 'deleted' && names.has(table.name)) &&
    calls.length > 0 &&
    calls.every(({ events }) => events.every(({ on }) => on === 'delete'))
  );
}

/** Whether a column that a function may read is gone, so that it would fail. */
function loses({ body }: DatabaseFunction, before: DatabaseSchema, after: DatabaseSchema): boolean {
  const names = sqlNames(body.join('\n'));
  return before.tables.some(({ name, columns }) => {
    const left = new Set(find(after.tables, name)?.columns.map((column) => column.name));
    return columns.some((column) => names.has(column.name) && !left.has(column.name));
  });
}

/** The old text, but for what the merge says otherwise: a compiler that has learnt since must not change what databases ran. */
export function asMergedSql(sql: string, { schema, operations }: MigrationRecord, next: readonly Operation[]): string {
  return operations.reduce(
    (text, old) => {
      const [before, after] = [textOf(old), next.map(textOf).find((item) => item?.of === textOf(old)?.of)];
      return before === undefined || after === undefined
        ? text
        : text.replace(before.sql(schema), () => after.sql(schema));
    },
    sql.replaceAll('\r\n', '\n'),
  );
}

interface MergedText {
  /** What the statement is about, on both sides. */
  readonly of: string;
  readonly sql: (schema: string) => string;
}

function textOf(operation: Operation): MergedText | undefined {
  switch (operation.kind) {
    case 'addEnumValue':
      return { of: `value ${operation.enum}.${operation.value}`, sql: (schema) => enumValueSql(schema, operation) };
    case 'replaceFunction':
      return {
        of: `function ${operation.function.name}`,
        sql: (schema) => functionSql(schema, operation.function, true),
      };
    default:
      return undefined;
  }
}
