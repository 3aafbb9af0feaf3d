import { DatabaseError } from '../../runtime/database/errors.ts';
import type { MigrationFailed } from '../../runtime/migrations/errors.ts';
import type { History } from '../plan/migration/history.ts';
import { notNullCheckOf } from '../plan/migration/diff/diff-columns.ts';
import { planSteps } from '../plan/migration/migration-steps.ts';
import { readRecord, type RecordedHazard } from '../plan/migration/migration-record.ts';
import type { Operation } from '../plan/migration/operations.ts';

/** Objects that a first migration finds there already: a table, a type, a function. */
const THERE_ALREADY: ReadonlySet<string> = new Set(['42P07', '42710', '42723', '42P06']);

/** What a failed step was about, and how to find the rows in its way: Postgres does not say where a value was that did not fit. */
export function explainFailedStep({ id, step, cause }: MigrationFailed, { migrations }: History): string {
  if (!(cause instanceof DatabaseError)) return '';
  const read = readRecord(migrations.find((item) => item.id === id)?.json ?? '');
  if (read.kind !== 'record') return '';
  const { operations, hazards = [], parent } = read.record;
  const claimed = hazards.filter(({ kind }) => kind === 'MAY_FAIL_ON_DATA');
  const named = claimed.filter(({ object }) => isNamed(cause, object));
  const objects = new Set((planSteps(operations)[step - 1]?.operations ?? []).flatMap(objectsOf));
  const met = named.length > 0 ? named : claimed.filter(({ object }) => objects.has(object) && isAlike(cause, object));
  const isThere = parent === undefined && THERE_ALREADY.has(cause.sqlState);
  return `${met.map(describe).join('')}${isThere ? ', which is there already: where its tables are what the migrations make, run migrate baseline instead' : ''}`;
}

/** Whether the database itself says that it is about this rule or column. */
function isNamed({ constraint, table, column }: DatabaseError, object: string): boolean {
  if (constraint !== undefined) return object === constraint || notNullCheckOf(object) === constraint;
  return table !== undefined && column !== undefined && object === `${table}.${column}`;
}

/** A value that does not fit has no rule to break. */
function isAlike({ sqlState }: DatabaseError, object: string): boolean {
  return !sqlState.startsWith('22') || object.includes('.');
}

function objectsOf(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'setColumnType':
    case 'setNotNull':
      return [`${operation.table}.${operation.name}`];
    case 'addConstraint':
    case 'addConstraintUsingIndex':
      return [operation.constraint.name];
    case 'createIndex':
      return [operation.index.name];
    case 'validateConstraint':
      return [operation.name];
    default:
      return [];
  }
}

function describe({ object, query }: RecordedHazard): string {
  return `, at ${object}${query === undefined ? '' : ` (count the rows in its way: ${query.replace(/;$/, '')})`}`;
}
