import type { DatabaseSchema } from '../database/database-schema.ts';
import { foldOperations } from './fold-operations.ts';
import type { MigrationRecord } from './migration-record.ts';
import { planSteps, type Step } from './migration-steps.ts';
import { temporaryName } from './diff/temporary-name.ts';
import { find } from './named-list.ts';
import type { Operation } from './operations.ts';
import { traceNames, type TracedTable } from './trace-names.ts';
import { isDerived, narrowed, planBack, type ColumnPlace } from './way-back.ts';

/** How far a database got with a migration. */
export interface Stop {
  readonly finishedSteps: number;
  /** Rows that the batches of the step after those have changed. */
  readonly rows: number;
}

/** What takes back a migration that stopped half-way, or what would be lost if something did. */
export type StoppedWayBack =
  | {
      readonly kind: 'down';
      readonly sql: string;
      /** Steps of the file that lead to what `sql` starts from. */
      readonly steps: number;
      /** An index that may stand there half made or half dropped, and goes in any case: `leads.leads_score_idx`. */
      readonly index?: string;
    }
  /** `step`: the first that did something that cannot be undone; absent where no single one did. */
  | { readonly kind: 'none'; readonly step?: number; readonly lost: readonly string[] };

interface HalfDone {
  readonly table: string;
  readonly name: string;
  readonly isDropped: boolean;
}

/**
 * The way back from the steps that a migration has done, planned as that of a whole one is, whatever the other steps
 * would lose. No server has served the new schema yet, so what the migration itself fills in new columns is no loss.
 */
export function stoppedWayBack(from: DatabaseSchema, record: MigrationRecord, stop: Stop): StoppedWayBack {
  if (from.tables.length === 0) return { kind: 'none', lost: [] };
  const steps = planSteps(record.operations);
  const next = steps[stop.finishedSteps];
  const index = next && indexOf(next);
  // An index that may be half dropped is as good as gone, and it takes one row to lose a value.
  const isBegun = index?.isDropped === true || stop.rows > 0;
  const done = steps.slice(0, stop.finishedSteps + (isBegun ? 1 : 0));
  const loss = firstLoss(from, record, done);
  if (loss !== undefined) return { kind: 'none', ...loss };
  const operations = done.flatMap((step) => step.operations);
  const to = foldOperations(from, operations);
  const back = planBack(narrowed({ from, to, operations }), {
    filled: record.operations.flatMap(madeBy),
    halfDone: index?.name,
    returns: returning(to, operations),
  });
  if (back.kind === 'none') return back;
  return { kind: 'down', sql: back.sql, steps: done.length, ...(index && { index: `${index.table}.${index.name}` }) };
}

/** What stepped aside for its successor bears its own name again; the successor goes. */
function returning({ tables }: DatabaseSchema, done: readonly Operation[]): readonly Operation[] {
  return done.toReversed().flatMap((operation): readonly Operation[] => {
    if (operation.kind !== 'renameConstraint' && operation.kind !== 'renameIndex') return [];
    const { kind, table, name, to } = operation;
    const { constraints = [], indexes = [] } = find(tables, table) ?? {};
    const aside = kind === 'renameIndex' ? find(indexes, to) : find(constraints, to);
    if (aside === undefined || to !== temporaryName(name, 'old')) return [];
    const rule = find(constraints, name);
    const index = find(indexes, name);
    return [
      ...(rule === undefined ? [] : [{ kind: 'dropConstraint', table, name } as const]),
      ...(index === undefined ? [] : [{ kind: 'dropIndex', table, name } as const]),
      { kind, table, name: to, to: name },
    ];
  });
}

/** The index that a step makes or drops outside any transaction, so that it may be half done. */
function indexOf({ transaction, operations: [first] }: Step): HalfDone | undefined {
  if (transaction || first === undefined) return undefined;
  if (first.kind === 'createIndex') return { table: first.table, name: first.index.name, isDropped: false };
  return first.kind === 'dropIndex' ? { table: first.table, name: first.name, isDropped: true } : undefined;
}

/** The first step that took values away, or put others in their place. */
function firstLoss(
  from: DatabaseSchema,
  record: MigrationRecord,
  steps: readonly Step[],
): { readonly step: number; readonly lost: readonly string[] } | undefined {
  const before: Operation[] = [];
  for (const [index, { operations }] of steps.entries()) {
    const lost = operations.flatMap((operation) => {
      const objects = lostBy(from, before, record, operation);
      before.push(operation);
      return objects;
    });
    if (lost.length > 0) return { step: index + 1, lost: [...new Set(lost)] };
  }
  return undefined;
}

function lostBy(
  from: DatabaseSchema,
  before: readonly Operation[],
  record: MigrationRecord,
  operation: Operation,
): readonly string[] {
  switch (operation.kind) {
    case 'dropTable':
      return tableAtFirst(from, before, operation.name) === undefined ? [] : [operation.name];
    case 'dropColumn': {
      const place = { table: operation.table, column: operation.name };
      return holdsValues(from, before, place) ? [nameOf(place)] : [];
    }
    case 'setColumnType': {
      const column = `${operation.table}.${operation.name}`;
      return losesValues(record, column) ? [column] : [];
    }
    case 'backfill':
      return filledBy(operation)
        .filter((place) => holdsValues(from, before, place))
        .map(nameOf);
    default:
      return [];
  }
}

/** Whether a column was there at first, with values that nothing computes. */
function holdsValues(from: DatabaseSchema, before: readonly Operation[], { table, column }: ColumnPlace): boolean {
  const traced = tableAtFirst(from, before, table);
  const name = traced?.columns.find(({ to }) => to === column)?.name ?? '';
  const found = find(find(from.tables, traced?.name ?? '')?.columns ?? [], name);
  return found !== undefined && !isDerived(from, traced?.name ?? '', found);
}

/** What a table that bears a name by then was at first. */
function tableAtFirst(from: DatabaseSchema, before: readonly Operation[], table: string): TracedTable | undefined {
  return traceNames(from, before).tables.find(({ to }) => to === table);
}

/** An early record tells no hazards, only whether there is a way back from the whole. */
function losesValues({ hazards, down }: MigrationRecord, column: string): boolean {
  if (hazards === undefined) return down === undefined;
  return hazards.some(({ kind, object }) => kind === 'DATA_LOSS' && object === column);
}

/** Columns whose values a migration makes, or lets the database number. */
function madeBy(operation: Operation): readonly ColumnPlace[] {
  if (operation.kind !== 'addColumn') return filledBy(operation);
  const { table, column } = operation;
  return column.identity === undefined ? [] : [{ table, column: column.name }];
}

function filledBy(operation: Operation): readonly ColumnPlace[] {
  if (operation.kind !== 'backfill') return [];
  return operation.set.map(({ column }) => ({ table: operation.table, column }));
}

function nameOf({ table, column }: ColumnPlace): string {
  return `${table}.${column}`;
}
