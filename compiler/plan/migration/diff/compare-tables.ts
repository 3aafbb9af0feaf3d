import { byName } from '../../database/canonical-schema.ts';
import type { Column, ColumnType, DatabaseSchema, Table } from '../../database/database-schema.ts';
import type { Intents } from '../intent/intents.ts';
import { typeSql } from '../table-sql.ts';
import { find } from '../named-list.ts';
import { sameExpression } from '../../sql/same-expression.ts';
import { sameTriggers } from './untouched.ts';
import { sameValue } from '../same-value.ts';
import { maintainedValues } from './maintained-value.ts';
import { readsPlaces, silentlyChanged, withRecomputed, type ColumnPlaces } from './recomputed-columns.ts';
import { renameValues } from './rename-words.ts';
import { newNames, respellFormula, SAME_NAMES, type NewNames } from './respell-formula.ts';
import { archivedValue, liveTable, type LiveTable } from './archived-table.ts';
import { rebuiltEnums } from './rebuilt-enums.ts';
import { boundedChange } from './bounded-change.ts';
import type { Renamed } from './rename-objects.ts';
import { reads, type Comparison, type TablePair } from './table-pair.ts';
import { typeChange, type EnumLists, type TypeChange } from './type-change.ts';

/** Sets both schemas side by side: which tables stay, and what their columns go through. */
export function compareTables(renamed: Renamed, to: DatabaseSchema, intents: Intents): Comparison {
  const { schema: from, renames, words } = renamed;
  const names = newNames(renamed);
  const olds = new Map(from.tables.map((table) => [table.name, table]));
  const rebuilt = new Set(rebuiltEnums(from, to).map(({ next }) => next.name));
  const enums = { from: from.enums, to: to.enums, typeSql: (type: ColumnType) => typeSql(to.name, type) };
  const plain = byName(to.tables).flatMap((next) => {
    const old = olds.get(next.name);
    return old === undefined
      ? []
      : [pairOf(old, next, liveTable(from, to, intents, next.name), intents, enums, rebuilt)];
  });
  const silent = silentlyChanged(plain, intents);
  const kept = plain.map((pair) => withKept({ from, to, renames }, names, pair, silent));
  return { from, to, intents, pairs: withRecomputed(to, kept, silent), renames, words };
}

/**
 * Columns that triggers keep are filled with what those make of them: when they come, when that changes, and when what
 * they are made of does without a trigger.
 */
function withKept(
  { from, to, renames }: Pick<Comparison, 'from' | 'to' | 'renames'>,
  names: NewNames,
  pair: TablePair,
  silent: ColumnPlaces,
): TablePair {
  const { old, next, fresh, live } = pair;
  if (live !== undefined) return pair;
  const isSame = sameTriggers(from, to, pair);
  if (isSame && silent.size + fresh.size === 0) return pair;
  const before = isSame ? undefined : formulasOf(from, old, names);
  const isNew = (name: string, value: string): boolean => {
    const was = before?.get(name);
    const says = was === undefined ? undefined : renameValues(was, from, renames);
    return (
      fresh.has(name) || (!isSame && says !== respellFormula(value, to.name, SAME_NAMES)) || readsPlaces(value, silent)
    );
  };
  const kept = [...maintainedValues(to, next)].filter(
    ([name, value]) => find(next.columns, name) !== undefined && isNew(name, value),
  );
  if (kept.length === 0) return pair;
  const empty = [...pair.empty].filter((name) => !kept.some(([column]) => column === name));
  return { ...pair, empty: new Set(empty), filled: new Map([...pair.filled, ...kept]) };
}

/** What triggers set columns to, under new names. */
function formulasOf(from: DatabaseSchema, old: Table, names: NewNames): ReadonlyMap<string, string> {
  const values = [...maintainedValues(from, old)];
  return new Map(
    values.map(([column, value]) => [names.column(old.name, column), respellFormula(value, from.name, names)]),
  );
}

function pairOf(
  old: Table,
  next: Table,
  live: LiveTable | undefined,
  intents: Intents,
  enums: EnumLists,
  rebuilt: ReadonlySet<string>,
): TablePair {
  const fresh = next.columns.filter(({ name }) => find(old.columns, name) === undefined);
  const backfills = intents.backfills
    .filter(({ table, column }) => table === (live ?? { next }).next.name && takesBackfill({ old, next }, live, column))
    .map(({ column, expression }) => [column, expression] as const);
  const filled = new Map([...archivedValues({ old, next }, live), ...backfills]);
  const retyped = new Map<string, TypeChange>();
  for (const column of old.columns) {
    const other = find(next.columns, column.name);
    if (other === undefined) continue;
    const change = retypeOf((live ?? { next }).next.name, column, other, intents, enums, rebuilt);
    if (change !== undefined) retyped.set(column.name, boundedChange(old, column, other, change));
  }
  const replaced = old.columns.filter((column) => isReplaced(column, find(next.columns, column.name), retyped));
  for (const { name } of replaced) retyped.delete(name);
  const changing = new Set([...retyped.keys(), ...replaced.map(({ name }) => name)]);
  // Postgres changes the type of nothing that something is computed from: that goes first, for good.
  const inTheWay = old.columns.filter(
    ({ name, generated }) => find(next.columns, name) === undefined && reads(generated?.expression, changing),
  );
  return {
    old,
    next,
    fresh: new Set(fresh.map(({ name }) => name)),
    empty: new Set(fresh.filter((column) => isEmpty(column, filled)).map(({ name }) => name)),
    filled,
    gone: new Set(old.columns.map(({ name }) => name).filter((name) => find(next.columns, name) === undefined)),
    replaced: new Set([...replaced, ...inTheWay].map(({ name }) => name)),
    retyped,
    recomputed: new Set(),
    ...(live && { live }),
  };
}

/** What deleted rows get of themselves, so that they can be restored. */
function archivedValues(archive: LiveTable, live: LiveTable | undefined): readonly (readonly [string, string])[] {
  if (live === undefined) return [];
  return archive.next.columns.flatMap(({ name }): readonly (readonly [string, string])[] => {
    const value = archivedValue(archive, live, name);
    return value === undefined ? [] : [[name, value]];
  });
}

/** A new column, or one that becomes required: in any other no row waits for a value. */
function takesBackfill({ old, next }: LiveTable, live: LiveTable | undefined, name: string): boolean {
  const before = find(old.columns, name);
  if (live !== undefined) {
    return find(next.columns, name) !== undefined && (takesBackfill(live, undefined, name) || before === undefined);
  }
  return before === undefined || (!before.notNull && find(next.columns, name)?.notNull === true);
}

function isEmpty(column: Column, filled: ReadonlyMap<string, string>): boolean {
  const { name, notNull, identity, generated } = column;
  return !notNull && column.default === undefined && !identity && !generated && !filled.has(name);
}

function retypeOf(
  table: string,
  old: Column,
  next: Column,
  intents: Intents,
  enums: EnumLists,
  rebuilt: ReadonlySet<string>,
): TypeChange | undefined {
  const isRebuilt = next.type.enum === true && rebuilt.has(next.type.name);
  const isSame = sameValue(old.type, next.type);
  if (isSame && !isRebuilt) return old.collation === next.collation ? undefined : { kind: 'free' };
  const cast = intents.casts.find((item) => item.table === table && item.column === next.name);
  if (cast !== undefined) {
    const { table: _, column: __, isFilled: ___, using, ...effects } = cast;
    return { kind: 'rewrite', ...effects, using: () => using, isDeclared: true, isOtherKind: true };
  }
  // Its rewriting is planned with the type's.
  if (isSame) return { kind: 'rewrite', isOtherKind: true };
  return typeChange(old.type, next.type, enums);
}

/** What is computed cannot be changed, only dropped and made again. */
function isReplaced(old: Column, next: Column | undefined, retyped: ReadonlyMap<string, TypeChange>): boolean {
  if (next?.generated === undefined) return false;
  if (old.generated === undefined) return true;
  const isSame = sameExpression(old.generated.expression, next.generated.expression);
  return !isSame || retyped.has(old.name) || reads(next.generated.expression, new Set(retyped.keys()));
}
