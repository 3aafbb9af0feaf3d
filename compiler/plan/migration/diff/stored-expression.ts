import type { Column } from '../../database/database-schema.ts';
import { qualify, quoteIdentifier, quoteLiteral } from '../../sql/sql-text.ts';
import { sqlNames } from '../../sql/sql-tokens.ts';
import { replaceNames } from '../fold-renames.ts';
import { find } from '../named-list.ts';
import { typeSql } from '../table-sql.ts';
import { isAskedBefore, isRenamed } from './asked-before.ts';
import { maintainedValue } from './maintained-value.ts';
import type { Comparison, TablePair } from './table-pair.ts';

/**
 * What a rule says of the new values, asked of the stored ones, under the new names of their columns. Values of enums
 * are compared as texts, for the type has its new name and new values only later.
 */
export function storedExpression(comparison: Comparison, table: string, expression: string): string {
  const pair = comparison.pairs.find(({ next }) => next.name === table);
  if (pair === undefined) return expression;
  return withoutEnums(comparison, replaceNames(expression, valuesByThen(comparison, pair)));
}

function valuesByThen(
  comparison: Comparison,
  pair: TablePair,
  isMeant: (column: Column) => boolean = () => true,
): ReadonlyMap<string, string> {
  return new Map(
    pair.next.columns.filter(isMeant).flatMap((column): readonly (readonly [string, string])[] => {
      const value = valueByThen(comparison, pair, column);
      return value === undefined ? [] : [[column.name, value]];
    }),
  );
}

/** What rows without a value get by a backfill, as SQL. */
export function backfilled({ to }: Comparison, { next, filled, live }: TablePair, name: string): string | undefined {
  const value = live === undefined ? filled.get(name) : undefined;
  return value === undefined || maintainedValue(to, next, name) === value ? undefined : value;
}

/** Whether a count can ask for what a column holds by the end: nothing numbers it, nor computes it from what is not there yet. */
export function isAskable(comparison: Comparison, pair: TablePair, name: string): boolean {
  const { next, fresh, recomputed } = pair;
  const column = find(next.columns, name);
  if (column === undefined) return true;
  if (!recomputed.has(name)) return !fresh.has(name) || column.identity === undefined;
  const { generated } = column;
  if (generated === undefined) return maintainedByThen(comparison, pair, name) !== undefined;
  const names = sqlNames(generated.expression);
  return next.columns.every((item) => !names.has(item.name) || isAskable(comparison, pair, item.name));
}

/** What triggers will have made of a column, out of what is stored; undefined where what they read is not there yet. */
export function maintainedByThen(comparison: Comparison, pair: TablePair, name: string): string | undefined {
  const { to } = comparison;
  const { next } = pair;
  const value = maintainedValue(to, next, name) ?? '';
  if (isAskedBefore(comparison, value)) return value;
  const own = `${qualify(to.name, next.name)}.`;
  const isPlainRow = next.columns.every(
    (column) =>
      !value.includes(`${own}${quoteIdentifier(column.name)}`) || valueByThen(comparison, pair, column) === undefined,
  );
  return isPlainRow ? queryByThen(comparison, value) : undefined;
}

/** What a row has by the end, as SQL; undefined where that is what is stored. */
function valueByThen(comparison: Comparison, pair: TablePair, column: Column): string | undefined {
  if (pair.recomputed.has(column.name)) return computedValue(comparison, pair, column);
  const stored = storedValue(comparison, pair, column);
  const given = pair.fresh.has(column.name) ? undefined : backfilled(comparison, pair, column.name);
  if (given === undefined) return stored;
  const typed = withoutEnums(comparison, `(${given})::${typeSql(comparison.to.name, column.type)}`);
  return `coalesce(${stored ?? quoteIdentifier(column.name)}, ${typed})`;
}

/** Of a column that is computed, out of what is stored; only of one that can be asked for. */
function computedValue(comparison: Comparison, pair: TablePair, { name, type, generated }: Column): string {
  const { to } = comparison;
  const value =
    generated === undefined
      ? maintainedByThen(comparison, pair, name)
      : withoutEnums(comparison, replaceNames(generated.expression, valuesByThen(comparison, pair, isPlain)));
  return `(${value})::${withoutEnums(comparison, `::${typeSql(to.name, type)}`).slice(2)}`;
}

/** A table that SQL reads rows from, under an alias; texts and columns are passed over. */
const READ_TABLE = /'(?:[^']|'')*'|(?<table>(?:"[^"]+"|\w+)\.(?:"[^"]+"|\w+))(?= [a-z_"])/g;

/**
 * SQL over the new tables, asked of the database that the migration has yet to run on: each table that it reads is a
 * query for what its rows will hold. Undefined where that cannot be known before.
 */
export function queryByThen(comparison: Comparison, sql: string): string | undefined {
  if (isAskedBefore(comparison, sql)) return sql;
  const { from, to, pairs } = comparison;
  const names = sqlNames(sql);
  const isMade = to.functions.some(({ name }) => names.has(name) && find(from.functions, name) === undefined);
  if (isMade || isRenamed(comparison, names)) return undefined;
  let isKnown = true;
  const text = withoutEnums(comparison, sql).replace(READ_TABLE, (part, table?: string) => {
    if (!to.tables.some(({ name }) => qualify(to.name, name) === table)) return part;
    const pair = pairs.find(({ next }) => qualify(to.name, next.name) === table);
    const rows = pair && rowsByThen(comparison, pair, names);
    if (rows === undefined) isKnown = false;
    return rows ?? part;
  });
  return isKnown ? text : undefined;
}

/** A query for those columns of a table that are among the names. */
function rowsByThen(comparison: Comparison, pair: TablePair, names: ReadonlySet<string>): string | undefined {
  const columns = pair.next.columns.filter(({ name }) => names.has(name));
  if (!columns.every(({ name }) => isAskable(comparison, pair, name))) return undefined;
  const values = columns.map((column) => {
    const name = quoteIdentifier(column.name);
    const value = valueByThen(comparison, pair, column);
    return value === undefined ? name : `${value} as ${name}`;
  });
  return `(select ${values.join(', ')} from ${qualify(comparison.from.name, pair.next.name)})`;
}

function isPlain({ generated }: Column): boolean {
  return generated === undefined;
}

/** What a stored value becomes, as SQL; undefined where it stays. A value that does not fit is counted elsewhere. */
function storedValue(comparison: Comparison, pair: TablePair, column: Column): string | undefined {
  const { old, retyped } = pair;
  const { name, type } = column;
  if (pair.fresh.has(name)) return withoutEnums(comparison, firstValue(comparison, pair, column));
  const stored = quoteIdentifier(name);
  const change = retyped.get(name);
  const isEnum = find(old.columns, name)?.type.enum === true && type.enum === true;
  if (change?.kind === 'rewrite' && (change.using !== undefined || !isEnum)) {
    const using = change.using ?? ((text: string) => `${text}::${typeSql(comparison.to.name, type)}`);
    const value = withoutEnums(comparison, using(stored));
    return change.fails === undefined
      ? `(${value})`
      : `(case when ${change.fails(stored)} then null else ${value} end)`;
  }
  if (!isEnum) return undefined;
  const mapped = comparison.intents.values.flatMap((mapping) =>
    mapping.enum === type.name ? [[mapping.from, mapping.to] as const] : [],
  );
  if (type.array === true) {
    return mapped.reduce(
      (list, [from, to]) => `array_replace(${list}, ${quoteLiteral(from)}, ${quoteLiteral(to)})`,
      `(${stored}::text[])`,
    );
  }
  const moved = [
    ...comparison.renames.flatMap((rename) =>
      rename.kind === 'value' && rename.enum === type.name ? [[rename.name, rename.to] as const] : [],
    ),
    ...mapped,
  ].map(([from, to]) => `when ${quoteLiteral(from)} then ${quoteLiteral(to)}`);
  return moved.length === 0
    ? `(${stored}::text)`
    : `(case ${stored}::text ${moved.join(' ')} else ${stored}::text end)`;
}

/** Of a column that is not there yet, in rows that are. */
function firstValue({ to }: Comparison, { filled }: TablePair, { name, type, ...column }: Column): string {
  const value = filled.get(name) ?? column.default ?? 'null';
  return `(${value})::${typeSql(to.name, type)}`;
}

function withoutEnums({ to }: Comparison, expression: string): string {
  return to.enums.reduce((text, { name }) => text.replaceAll(`::${qualify(to.name, name)}`, '::text'), expression);
}
