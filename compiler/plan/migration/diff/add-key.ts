import type { Index, PrimaryKey, Unique } from '../../database/database-schema.ts';
import { quoteIdentifier } from '../../sql/sql-text.ts';
import type { Consent } from '../intent/consent.ts';
import { find } from '../named-list.ts';
import { isVolatile } from './column-facts.ts';
import type { Draft } from './draft.ts';
import { formerNames } from './former-names.ts';
import { isUniqueImplied } from './implied-rules.ts';
import { maintainedValue } from './maintained-value.ts';
import { unproven } from './restated.ts';
import { isAskable } from './stored-expression.ts';
import type { Comparison, TablePair } from './table-pair.ts';
import { temporaryName } from './temporary-name.ts';

/** A unique index is built beside running writes, then made the rule. */
export function addKey(comparison: Comparison, pair: TablePair, key: Unique | PrimaryKey, draft: Draft): void {
  const table = pair.next.name;
  draft.add('build', { kind: 'createIndex', table, index: indexOf(key, key.name), concurrently: true });
  draft.add('swap', { kind: 'addConstraintUsingIndex', table, constraint: key });
  const isIdle = key.columns.every((name) => pair.fresh.has(name) && !pair.filled.has(name));
  if (!isIdle) draft.warn({ kind: 'INDEX_BUILD', object: key.name });
  warnOfData(comparison, pair, key, [{ kind: 'validate', table, name: key.name }], draft);
}

/** A table has one primary key, so the old one goes in the transaction that brings the new one. */
export function swapPrimaryKey(
  comparison: Comparison,
  pair: TablePair,
  { old, next }: { readonly old: PrimaryKey; readonly next: PrimaryKey },
  draft: Draft,
): void {
  const table = pair.next.name;
  const index = temporaryName(next.name, 'new');
  draft.add('build', { kind: 'createIndex', table, index: indexOf(next, index), concurrently: true });
  draft.add(
    'swap',
    { kind: 'dropConstraint', table, name: old.name },
    { kind: 'addConstraintUsingIndex', table, constraint: next, index },
  );
  const consents: readonly Consent[] = [{ kind: 'changeKey', table }];
  draft.warn({ kind: 'BLOCKING_LOCK', object: table, consents }, { kind: 'INDEX_BUILD', object: next.name });
  warnOfData(comparison, pair, next, [...consents, { kind: 'validate', table, name: next.name }], draft);
}

function indexOf(key: Unique | PrimaryKey, name: string): Index {
  const nulls = key.kind === 'unique' && key.nullsNotDistinct === true ? { nullsNotDistinct: true as const } : {};
  return { name, unique: true, keys: key.columns.map((column) => ({ column })), ...nulls };
}

/** Rows may share a key, some of them because their values become others. */
export function warnOfData(
  comparison: Comparison,
  pair: TablePair,
  key: Unique | PrimaryKey,
  consents: readonly Consent[],
  draft: Draft,
): void {
  if (isUniqueImplied(pair.old, key, unproven(comparison, pair))) return;
  const nullsCount = key.kind === 'primaryKey' || key.nullsNotDistinct === true;
  if (!nullsCount && key.columns.some((name) => pair.empty.has(name))) return;
  // Numbered by the database: no two alike. Without a value there can be no rows, which is told of the field.
  if (key.columns.some((name) => isNumbered(pair, name) || isLacking(comparison, pair, name))) return;
  if (key.columns.every((name) => isOneValue(comparison, pair, name))) {
    const query = `select greatest(count(*) - 1, 0) from ${formerNames(comparison, pair.next.name).table};`;
    draft.warn({ kind: 'MAY_FAIL_ON_DATA', object: key.name, query, isOneValue: true, consents });
    return;
  }
  const query = key.columns.every((name) => isAskable(comparison, pair, name))
    ? duplicatesSql(comparison, pair.next.name, key.columns, nullsCount)
    : undefined;
  draft.warn({ kind: 'MAY_FAIL_ON_DATA', object: key.name, ...(query !== undefined && { query }), consents });
}

/** What rows that are there have in a new column, as SQL. */
function firstValue({ next, fresh, filled }: TablePair, name: string): string | undefined {
  return fresh.has(name) ? (filled.get(name) ?? find(next.columns, name)?.default) : undefined;
}

/** A new column that is required, and that no row that is there has a value for. */
function isLacking({ to }: Comparison, pair: TablePair, name: string): boolean {
  const column = find(pair.next.columns, name);
  const isGiven = firstValue(pair, name) ?? column?.generated ?? maintainedValue(to, pair.next, name);
  return pair.fresh.has(name) && column?.notNull === true && isGiven === undefined;
}

/** A new column in which all rows that are there have the same. */
function isOneValue({ to }: Comparison, pair: TablePair, name: string): boolean {
  const value = firstValue(pair, name);
  return value !== undefined && !isVolatile(value) && maintainedValue(to, pair.next, name) === undefined;
}

function isNumbered(pair: TablePair, name: string): boolean {
  return (
    pair.fresh.has(name) && pair.next.columns.some((column) => column.name === name && column.identity !== undefined)
  );
}

/** How many values several rows share. */
export function duplicatesSql(
  comparison: Comparison,
  table: string,
  columns: readonly string[],
  nullsCount: boolean,
): string {
  const names = formerNames(comparison, table);
  const values = columns.map((name) => names.expression(quoteIdentifier(name)));
  const list = values.join(', ');
  const given = values.map((value) => `${value} is not null`).join(' and ');
  const where = nullsCount ? '' : ` where ${given}`;
  return `select count(*) from (select from ${names.table}${where} group by ${list} having count(*) > 1) ${quoteIdentifier('duplicates')};`;
}
