import type { Session } from '../../runtime/database/database.ts';
import type { DatabaseSchema, Table } from '../plan/database/database-schema.ts';
import type { Operation } from '../plan/migration/operations.ts';
import { reads } from '../plan/migration/diff/table-pair.ts';
import { traceNames } from '../plan/migration/trace-names.ts';
import { qualify, quoteIdentifier } from '../plan/sql/sql-text.ts';
import { maintainedValues, OF_UPDATES } from './maintained-values.ts';

/** Columns whose values a migration must leave as they are, by their names before and after. */
export interface KeptColumns {
  readonly table: string;
  readonly to: string;
  readonly columns: readonly { readonly name: string; readonly to: string }[];
}

/**
 * What must outlive the operations: every value that they do not claim to change or drop, and that neither a trigger nor
 * its own column computes from one that is filled.
 */
export function keptColumns(from: DatabaseSchema, operations: readonly Operation[]): readonly KeptColumns[] {
  const renamed = enumsOfRenamedValues(from, operations);
  const isFilled = operations.some(({ kind }) => kind === 'backfill');
  return from.tables.flatMap((table): readonly KeptColumns[] => {
    let name: string | undefined = table.name;
    const written = new Set(isFilled ? writtenByTriggers(from, table) : []);
    let columns = table.columns
      .filter(({ type }) => type.enum !== true || !renamed.has(type.name))
      .map((column) => ({ name: column.name, to: column.name }));
    for (const operation of operations) {
      if (name === undefined) return [];
      if (operation.kind === 'renameTable' && operation.name === name) name = operation.to;
      else if (operation.kind === 'dropTable' && operation.name === name) name = undefined;
      else if ('table' in operation && operation.table === name) {
        for (const filled of filledBy(columns, operation)) written.add(filled);
        columns = afterOperation(columns, operation);
      }
    }
    const made = table.columns.filter(({ generated }) => reads(generated?.expression, written));
    for (const column of made) written.add(column.name);
    const kept = columns.filter((column) => !written.has(column.name));
    return name === undefined ? [] : [{ table: table.name, to: name, columns: kept }];
  });
}

function writtenByTriggers(from: DatabaseSchema, table: Table): readonly string[] {
  const computed = maintainedValues(from, table).map(({ column }) => column);
  return computed.length === 0 ? [] : [...computed, ...OF_UPDATES];
}

/** By their names before: what their rows hold is spelled otherwise afterwards. */
function enumsOfRenamedValues(from: DatabaseSchema, operations: readonly Operation[]): ReadonlySet<string> {
  const { enums } = traceNames(from, operations);
  return new Set(enums.filter(({ values }) => values.some(({ name, to }) => name !== to)).map(({ name }) => name));
}

/** By their names before: columns that an operation writes. */
function filledBy(columns: readonly ColumnNames[], operation: Operation): readonly string[] {
  if (operation.kind !== 'backfill') return [];
  const written = [...operation.set.map(({ column }) => column), ...OF_UPDATES];
  return columns.flatMap(({ name, to }) => (written.includes(to) ? [name] : []));
}

type ColumnNames = KeptColumns['columns'][number];

function afterOperation(columns: readonly ColumnNames[], operation: Operation): ColumnNames[] {
  switch (operation.kind) {
    case 'renameColumn':
      return columns.map((column) => (column.to === operation.name ? { ...column, to: operation.to } : column));
    case 'dropColumn':
    case 'setColumnType':
      return columns.filter(({ to }) => to !== operation.name);
    default:
      return [...columns];
  }
}

/** The rows of each table as text, before (`from`) or after. */
export async function readKept(
  session: Session,
  schema: string,
  kept: readonly KeptColumns[],
  side: 'before' | 'after',
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const { table, to, columns } of kept) {
    const names = columns.map((column) => quoteIdentifier(side === 'before' ? column.name : column.to));
    const place = qualify(schema, side === 'before' ? table : to);
    const list = names.length === 0 ? `''` : names.map((name) => `${name}::text`).join(', ');
    const text = `select jsonb_build_array(${list})::text as row from ${place} order by 1`;
    const { rows } = await session.query({ text, values: [] });
    found.set(table, rows.map(([row]) => row).join('\n'));
  }
  return found;
}
