import { derivedName } from '../../../model/naming.ts';
import type { Column, Table } from '../../database/database-schema.ts';
import { enclose } from '../../expression/sql-writer.ts';
import { sameDefault, sameExpression } from '../../sql/same-expression.ts';
import { quoteIdentifier } from '../../sql/sql-text.ts';
import type { Consent } from '../intent/consent.ts';
import { find } from '../named-list.ts';
import type { Operation } from '../operations.ts';
import { sameValue } from '../same-value.ts';
import { archiveOf } from './archived-table.ts';
import { addArchivedColumn, fillArchive, warnOfUnrestorable } from './archived-columns.ts';
import { isVolatile } from './column-facts.ts';
import type { Draft } from './draft.ts';
import { formerNames } from './former-names.ts';
import { maintainedValue } from './maintained-value.ts';
import { warnOfOverflow } from './overflowing.ts';
import type { Phase } from './phase.ts';
import { retypeColumn } from './retype-column.ts';
import { nextColumn, reads, type Comparison, type TablePair } from './table-pair.ts';

/** Columns that come, go and change. */
export function diffColumns(comparison: Comparison, pair: TablePair, draft: Draft): void {
  const { old, next, fresh, gone, replaced, retyped } = pair;
  // Postgres changes no column that a generated one reads.
  const changing = new Set([...retyped.keys(), ...replaced]);
  const { late = [], soon = [] } = Object.groupBy(
    next.columns.filter(({ name }) => fresh.has(name)),
    ({ generated }) => (reads(generated?.expression, changing) ? 'late' : 'soon'),
  );
  for (const column of soon) addColumn(comparison, pair, column, 'columns', draft);
  for (const column of computedFirst(old.columns)) {
    if (gone.has(column.name)) dropColumn(next, column, replaced.has(column.name) ? 'discard' : 'dropColumns', draft);
  }
  for (const column of computedFirst(old.columns)) {
    const other = nextColumn(pair, column.name);
    if (other === undefined) continue;
    if (replaced.has(column.name)) replaceColumn(pair, column, other, draft);
    else changeColumn(comparison, pair, column, other, draft);
  }
  for (const column of late) addColumn(comparison, pair, column, 'resume', draft);
  warnOfUnrestorable(comparison, pair, draft);
  warnOfFollowing(comparison, pair, draft);
  warnOfOverflow(comparison, pair, draft);
}

/** Triggers fill what is computed from what a backfill fills. */
function warnOfFollowing({ to }: Comparison, pair: TablePair, draft: Draft): void {
  const { next, recomputed, filled } = pair;
  for (const name of recomputed) {
    const isKept = !filled.has(name) && maintainedValue(to, next, name) !== undefined;
    if (isKept) draft.warn({ kind: 'BACKFILL', object: `${next.name}.${name}` });
  }
}

/** What is computed goes before what it is computed from. */
function computedFirst(columns: readonly Column[]): readonly Column[] {
  const computed = columns.filter(({ generated }) => generated !== undefined);
  return [...computed, ...columns.filter(({ generated }) => generated === undefined)];
}

function addColumn(comparison: Comparison, pair: TablePair, column: Column, phase: Phase, draft: Draft): void {
  const table = pair.next.name;
  const { name, notNull, identity, generated } = column;
  const rewrites = generated !== undefined || identity !== undefined || isVolatile(column.default ?? '');
  const consents: readonly Consent[] = [{ kind: 'rewriteTable', table }];
  const expression = pair.filled.get(name);
  if (pair.live !== undefined) return addArchivedColumn(comparison, pair, column, draft);
  if (expression === undefined && rewrites) {
    const causes = [{ column: name, change: 'added' }] as const;
    draft.warn({ kind: 'TABLE_REWRITE', object: table, causes, consents });
  }
  if (readsFilled(pair, column)) return addMadeColumn(table, column, phase, draft);
  if (expression === undefined && (hasOwnValue(column) || !notNull)) {
    draft.add(phase, { kind: 'addColumn', table, column });
    if (notNull) warnOfNothing(comparison, pair, column, draft);
    return;
  }
  const { default: value, ...rest } = column;
  draft.add('columns', { kind: 'addColumn', table, column: { ...rest, notNull: false } });
  if (value !== undefined) draft.add('columns', { kind: 'setDefault', table, name, default: value });
  if (expression !== undefined) fill(table, name, expression, draft);
  if (notNull) require(comparison, pair, column, draft);
}

/** Whether Postgres makes a value of what rows have nothing in until it is filled. */
function readsFilled({ filled }: TablePair, { generated, notNull }: Column): boolean {
  return notNull && reads(generated?.expression, new Set(filled.keys()));
}

/** It is required once all rows have what it is made of. */
function addMadeColumn(table: string, column: Column, phase: Phase, draft: Draft): void {
  draft.add(phase, { kind: 'addColumn', table, column: { ...column, notNull: false } });
  proveNotNull(table, column.name, draft);
}

/** Whether rows have a value in it as soon as it is there. */
function hasOwnValue({ default: value, identity, generated }: Column): boolean {
  return value !== undefined || identity !== undefined || generated !== undefined;
}

/** What is computed of a required column that rows have nothing in is nothing too, and meets them first. */
function warnOfNothing(comparison: Comparison, pair: TablePair, { name, generated }: Column, draft: Draft): void {
  const table = pair.next.name;
  const read = pair.next.columns.filter(
    (column) =>
      pair.fresh.has(column.name) &&
      column.notNull &&
      !hasOwnValue(column) &&
      !pair.filled.has(column.name) &&
      reads(generated?.expression, new Set([column.name])),
  );
  if (read.length === 0) return;
  const consents = read.map((column): Consent => ({ kind: 'require', table, column: column.name }));
  const query = `select count(*) from ${formerNames(comparison, table).table};`;
  draft.warn({ kind: 'MAY_FAIL_ON_DATA', object: `${table}.${name}`, query, consents });
}

function dropColumn({ name: table }: Table, { name }: Column, phase: Phase, draft: Draft): void {
  const object = `${table}.${name}`;
  const consents: readonly Consent[] = [{ kind: 'dropColumn', table, column: name }];
  draft.add(phase, { kind: 'dropColumn', table, name });
  draft.warn({ kind: 'DATA_LOSS', object, consents }, { kind: 'BREAKS_RUNNING_CODE', object, consents });
}

function replaceColumn(pair: TablePair, old: Column, next: Column, draft: Draft): void {
  const table = pair.next.name;
  const { name } = next;
  const consents: readonly Consent[] = [{ kind: 'dropColumn', table, column: name }];
  draft.add('discard', { kind: 'dropColumn', table, name });
  if (readsFilled(pair, next)) addMadeColumn(table, next, 'resume', draft);
  else draft.add('resume', { kind: 'addColumn', table, column: next });
  if (old.generated === undefined) draft.warn({ kind: 'DATA_LOSS', object: `${table}.${name}`, consents });
  const rewrite: Consent = { kind: 'rewriteTable', table };
  const isComputedAnew = old.generated !== undefined;
  const either = isComputedAnew ? [rewrite, ...consents] : [...consents, rewrite];
  const causes = [{ column: name, change: 'computed' }] as const;
  draft.warn({ kind: 'TABLE_REWRITE', object: table, causes, consents: either });
}

function changeColumn(comparison: Comparison, pair: TablePair, old: Column, next: Column, draft: Draft): void {
  const table = pair.next.name;
  const { name } = next;
  const object = `${table}.${name}`;
  if (old.generated !== undefined && next.generated === undefined) {
    draft.add('columns', { kind: 'dropExpression', table, name });
    const consents: readonly Consent[] = [{ kind: 'dropExpression', table, column: name }];
    draft.warn({ kind: 'BREAKS_RUNNING_CODE', object, consents });
  }
  dropIdentity(table, old, next, draft);
  const change = pair.retyped.get(name);
  if (change === undefined) changeDefault(table, old, next, draft);
  else retypeColumn(comparison, pair, { old, next, change }, draft);
  if (!old.notNull && next.notNull) {
    const expression = pair.filled.get(name);
    if (expression !== undefined) fill(table, name, expression, draft);
    require(comparison, pair, next, draft);
  } else if (pair.live !== undefined) fillArchive(pair, next, draft);
  const kept = maintainedValue(comparison.to, pair.next, name);
  if (kept !== undefined && pair.filled.get(name) === kept) recompute(table, name, kept, draft);
  setIdentity(comparison, pair, old, next, draft);
  if (old.notNull && !next.notNull) {
    draft.add('columns', { kind: 'setNotNull', table, name, notNull: false });
    draft.warn({ kind: 'BREAKS_READERS', object });
  }
}

function changeDefault(table: string, old: Column, next: Column, draft: Draft): void {
  if (next.generated !== undefined || sameDefault(old.default, next.default, next.type.name)) return;
  if (sameExpression(old.default, next.default)) return;
  const value = next.default === undefined ? {} : { default: next.default };
  draft.add('columns', { kind: 'setDefault', table, name: next.name, ...value });
}

/** First of all, for a column that numbers itself has no default, and is a whole number. */
function dropIdentity(table: string, { identity }: Column, next: Column, draft: Draft): void {
  if (identity === undefined || next.identity !== undefined) return;
  const { name } = next;
  draft.add('columns', { kind: 'setIdentity', table, name });
  const consents: readonly Consent[] = [{ kind: 'dropIdentity', table, column: name }];
  draft.warn({ kind: 'BREAKS_RUNNING_CODE', object: `${table}.${name}`, consents });
}

function setIdentity(comparison: Comparison, pair: TablePair, old: Column, next: Column, draft: Draft): void {
  const { name, identity } = next;
  if (identity === undefined || sameValue(old.identity, identity)) return;
  const table = pair.next.name;
  // An identity needs a whole number that is not null by then.
  const phase = old.notNull && !pair.retyped.has(name) ? 'columns' : 'swap';
  const added = old.identity === undefined ? { added: true as const } : {};
  const archive = archiveOf(comparison.from, comparison.intents, table);
  const isKept = archive !== undefined && find(archive.columns, name) !== undefined;
  const counted = old.identity === undefined && isKept ? { archive: archive.name } : {};
  draft.add(phase, { kind: 'setIdentity', table, name, identity, ...added, ...counted });
}

/** Rows for which there is a value; the others stay as they are, so that every batch makes headway. */
function fill(table: string, column: string, expression: string, draft: Draft): void {
  draft.add('fill', backfill(table, column, expression));
  draft.warn({ kind: 'BACKFILL', object: `${table}.${column}` });
}

/** Rows whose value is not what a trigger makes of them now. */
function recompute(table: string, column: string, expression: string, draft: Draft): void {
  const where = `${quoteIdentifier(column)} is distinct from ${enclose(expression)}`;
  draft.add('fill', { kind: 'backfill', table, set: [{ column, expression }], where });
  draft.warn({ kind: 'BACKFILL', object: `${table}.${column}` });
}

function backfill(table: string, column: string, expression: string): Operation {
  const where = `${quoteIdentifier(column)} is null and (${expression}) is not null`;
  return { kind: 'backfill', table, set: [{ column, expression }], where };
}

/** Code that does not know a new column leaves it out, and that of an optional one may leave it empty. */
function warnOfWriters(comparison: Comparison, { old, next }: TablePair, column: Column, draft: Draft): void {
  const isNew = find(old.columns, column.name) === undefined;
  if ((isNew && hasOwnValue(column)) || maintainedValue(comparison.to, next, column.name) !== undefined) return;
  draft.warn({ kind: 'BREAKS_RUNNING_CODE', object: `${next.name}.${column.name}` });
}

/** Of the check that proves a column before it is required. */
function notNullCheckName(table: string, column: string): string {
  return derivedName(table, [column], '_sc_not_null');
}

/** Of that check for `leads.score`, as hazards name a column. */
export function notNullCheckOf(object: string): string {
  const [table = '', column = ''] = object.split('.');
  return notNullCheckName(table, column);
}

/** By a check first, so that no lock is held while rows are read. */
function proveNotNull(table: string, name: string, draft: Draft, value?: string): void {
  const check = notNullCheckName(table, name);
  const expression = `${quoteIdentifier(name)} is not null`;
  draft.add('hold', {
    kind: 'addConstraint',
    table,
    constraint: { kind: 'check', name: check, columns: [name], expression, notValid: true },
  });
  // Rows that were written while the others were filled; the check lets in no more of them.
  if (value !== undefined) draft.add('refill', backfill(table, name, value));
  draft.add('validate', { kind: 'validateConstraint', table, name: check });
  draft.add('require', { kind: 'setNotNull', table, name, notNull: true });
  draft.add('require', { kind: 'dropConstraint', table, name: check });
}

function require(comparison: Comparison, pair: TablePair, column: Column, draft: Draft): void {
  const table = pair.next.name;
  const { name } = column;
  warnOfWriters(comparison, pair, column, draft);
  const value = pair.filled.get(name);
  proveNotNull(table, name, draft, value);
  if (value !== undefined) return;
  const names = formerNames(comparison, table);
  const isThere = find(pair.old.columns, name) !== undefined;
  const query = `select count(*) from ${names.table}${isThere ? ` where ${names.column(name)} is null` : ''};`;
  const consents: readonly Consent[] = [{ kind: 'require', table, column: name }];
  draft.warn({ kind: 'MAY_FAIL_ON_DATA', object: `${table}.${name}`, query, consents });
}
