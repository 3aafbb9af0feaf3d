import type { Column } from '../../database/database-schema.ts';
import { qualify, quoteIdentifier, quoteLiteral } from '../../sql/sql-text.ts';
import { find } from '../named-list.ts';
import type { Operation } from '../operations.ts';
import { mayLack } from './archived-table.ts';
import { isVolatile } from './column-facts.ts';
import type { Draft } from './draft.ts';
import { formerNames } from './former-names.ts';
import type { Comparison, TablePair } from './table-pair.ts';

/** A new column of deleted rows has the values that it would have had, were they still there. */
export function addArchivedColumn(comparison: Comparison, pair: TablePair, column: Column, draft: Draft): void {
  const table = pair.next.name;
  const { name } = column;
  const live = find(pair.live?.next.columns ?? [], name);
  const expression = pair.filled.get(name);
  const isDefault = expression !== undefined && expression === live?.default && !isVolatile(expression);
  draft.add('columns', {
    kind: 'addColumn',
    table,
    column: isDefault ? { ...column, default: expression } : column,
  });
  if (isDefault) draft.add('columns', { kind: 'setDefault', table, name });
  else fillArchive(pair, column, draft);
  if (live?.identity === undefined || find(pair.live?.old.columns ?? [], name) !== undefined) return;
  const sequence = `pg_get_serial_sequence(${quoteLiteral(qualify(comparison.to.name, pair.live?.next.name ?? ''))}, ${quoteLiteral(name)})`;
  // Rows that are there have the numbers before.
  draft.add('fill', backfill(table, name, `nextval(${sequence})`));
  draft.warn({ kind: 'BACKFILL', object: `${table}.${name}` });
}

/** Fills deleted rows, and those that are deleted while the others are filled. */
export function fillArchive({ next, filled }: TablePair, { name }: Column, draft: Draft): void {
  const expression = filled.get(name);
  if (expression === undefined) return;
  const table = next.name;
  const given = `(${expression}) is not null`;
  draft.add('fill', backfill(table, name, expression, given));
  draft.add('refill', backfill(table, name, expression, given));
  draft.warn({ kind: 'BACKFILL', object: `${table}.${name}` });
}

function backfill(table: string, column: string, expression: string, given?: string): Operation {
  const where = `${quoteIdentifier(column)} is null${given === undefined ? '' : ` and ${given}`}`;
  return { kind: 'backfill', table, set: [{ column, expression }], where };
}

/** Deleted rows that nothing gives a value that they need to come back. */
export function warnOfUnrestorable(comparison: Comparison, pair: TablePair, draft: Draft): void {
  const { live, filled, fresh } = pair;
  if (live === undefined) return;
  const table = pair.next.name;
  for (const { name } of pair.next.columns) {
    const needed = find(live.next.columns, name);
    const isNumbered = needed?.identity !== undefined && find(live.old.columns, name) === undefined;
    if (filled.has(name) || isNumbered || needed?.default !== undefined || !mayLack(pair, live, name)) continue;
    const names = formerNames(comparison, table);
    const lacking = fresh.has(name) ? '' : ` where ${names.column(name)} is null`;
    draft.warn({
      kind: 'BEHAVIOUR_CHANGE',
      object: `${table}.${name}`,
      query: `select count(*) from ${names.table}${lacking};`,
      consents: [{ kind: 'require', table, column: name }],
    });
  }
}
