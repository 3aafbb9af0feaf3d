import type { DatabaseSchema } from '../../database/database-schema.ts';
import { sqlNames } from '../../sql/sql-tokens.ts';
import type { Intents } from '../intent/intents.ts';
import { find } from '../named-list.ts';
import { maintainedValues } from './maintained-value.ts';
import type { TablePair } from './table-pair.ts';
import type { TypeChange } from './type-change.ts';

/** Names of columns, by table. */
export type ColumnPlaces = ReadonlyMap<string, ReadonlySet<string>>;

/** Columns that get other values by a change of their type or expression, which no trigger sees. */
export function silentlyChanged(pairs: readonly TablePair[], { values }: Intents): ColumnPlaces {
  const places = new Map<string, ReadonlySet<string>>();
  for (const { next, live, retyped, replaced } of pairs) {
    if (live !== undefined || retyped.size + replaced.size === 0) continue;
    const isMapped = (type: string): boolean => values.some((mapping) => mapping.enum === type);
    const names = next.columns
      .filter(({ name, type }) => {
        const change = retyped.get(name);
        return replaced.has(name) || (change !== undefined && (becomesOther(change) || isMapped(type.name)));
      })
      .map(({ name }) => name);
    if (names.length > 0) places.set(next.name, new Set(names));
  }
  return places;
}

function becomesOther(change: TypeChange): boolean {
  if (change.kind !== 'rewrite') return false;
  const { loses, merges, respells, empties, isDeclared } = change;
  return (loses ?? merges ?? respells ?? empties ?? isDeclared) !== undefined;
}

/** Whether an expression over tables reads one of these columns. */
export function readsPlaces(expression: string, places: ColumnPlaces): boolean {
  if (places.size === 0) return false;
  return namesPlace(sqlNames(expression), places);
}

function namesPlace(names: ReadonlySet<string>, places: ColumnPlaces): boolean {
  return [...places].some(([table, columns]) => names.has(table) && [...columns].some((column) => names.has(column)));
}

/** Notes on each table which of its computed columns get other values, however far away the reason is. */
export function withRecomputed(
  to: DatabaseSchema,
  pairs: readonly TablePair[],
  silent: ColumnPlaces,
): readonly TablePair[] {
  const changed = new Map<string, Set<string>>();
  for (const pair of pairs) {
    const names = firstChanged(pair, silent);
    if (names.length > 0) changed.set(pair.next.name, new Set(names));
  }
  if (changed.size === 0) return pairs;
  const computed = pairs.flatMap((pair) => computedColumns(to, pair));
  spread(changed, computed);
  const isChanged = ({ table, column }: ComputedColumn): boolean => changed.get(table)?.has(column) === true;
  const found = Map.groupBy(computed.filter(isChanged), ({ table }) => table);
  return pairs.map((pair) => {
    const own = found.get(pair.next.name);
    return own === undefined ? pair : { ...pair, recomputed: new Set(own.map(({ column }) => column)) };
  });
}

function firstChanged({ next, fresh, filled, live }: TablePair, silent: ColumnPlaces): readonly string[] {
  if (live !== undefined) return [];
  const made = [...fresh].filter((name) => find(next.columns, name)?.generated !== undefined);
  return [...made, ...filled.keys(), ...(silent.get(next.name) ?? [])];
}

interface ComputedColumn {
  readonly table: string;
  readonly column: string;
  /** All that its expression names, its own table included. */
  readonly names: ReadonlySet<string>;
}

function computedColumns(to: DatabaseSchema, { next, live }: TablePair): readonly ComputedColumn[] {
  if (live !== undefined) return [];
  const table = next.name;
  const generated = next.columns.flatMap(({ name, generated: made }) =>
    made === undefined ? [] : [{ table, column: name, names: new Set([table, ...sqlNames(made.expression)]) }],
  );
  const maintained = [...maintainedValues(to, next)].map(([column, value]) => ({
    table,
    column,
    names: sqlNames(value),
  }));
  return [...generated, ...maintained];
}

/** What is computed from what changes may change too, and so on. */
function spread(changed: Map<string, Set<string>>, computed: readonly ComputedColumn[]): void {
  let left = computed;
  for (;;) {
    const met = left.filter(({ names }) => namesPlace(names, changed));
    if (met.length === 0) return;
    for (const { table, column } of met) changed.set(table, (changed.get(table) ?? new Set()).add(column));
    left = left.filter((item) => !met.includes(item));
  }
}
