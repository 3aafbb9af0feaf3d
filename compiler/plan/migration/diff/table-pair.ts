import type { Check, Column, DatabaseSchema, Exclusion, Index, Table } from '../../database/database-schema.ts';
import { sqlNames } from '../../sql/sql-tokens.ts';
import type { Intents, Rename } from '../intent/intents.ts';
import { find } from '../named-list.ts';
import type { LiveTable } from './archived-table.ts';
import type { Renamed } from './rename-objects.ts';
import type { TypeChange } from './type-change.ts';

/** A table that stays, before and after, with what its columns go through. */
export interface TablePair {
  readonly old: Table;
  readonly next: Table;
  /** New columns. */
  readonly fresh: ReadonlySet<string>;
  /** New columns in which every row is null. */
  readonly empty: ReadonlySet<string>;
  /** Columns that a backfill gives values to. */
  readonly filled: ReadonlyMap<string, string>;
  /** Columns that go. */
  readonly gone: ReadonlySet<string>;
  /** Columns that are dropped and made again, as what is computed cannot be changed; those too that go in its way. */
  readonly replaced: ReadonlySet<string>;
  readonly retyped: ReadonlyMap<string, TypeChange>;
  /** Computed columns, new ones too, whose values are not those of before: what they are made of, or how, is another. */
  readonly recomputed: ReadonlySet<string>;
  /** The table whose deleted rows it keeps. */
  readonly live?: LiveTable;
}

/** Both schemas, the old one under its new names, and every table that stays. */
export interface Comparison {
  readonly from: DatabaseSchema;
  readonly to: DatabaseSchema;
  readonly intents: Intents;
  readonly pairs: readonly TablePair[];
  readonly renames: readonly Rename[];
  /** Old words and new ones of everything renamed but values. */
  readonly words: Renamed['words'];
}

/** Whether an expression reads one of these columns. */
export function reads(expression: string | undefined, columns: ReadonlySet<string>): boolean {
  if (expression === undefined || columns.size === 0) return false;
  const names = sqlNames(expression);
  return [...columns].some((column) => names.has(column));
}

/** Whether a rule about the values of a row, or of pairs of rows, reads one of these columns. */
export function ruleReads(rule: Check | Exclusion, columns: ReadonlySet<string>): boolean {
  if (rule.kind === 'check') {
    return reads(rule.expression, columns) || rule.columns.some((name) => columns.has(name));
  }
  return (
    reads(rule.where, columns) ||
    rule.elements.some(({ key }) => columns.has(key.column ?? '') || reads(key.expression, columns))
  );
}

/** Columns of an index, those inside expressions too, as far as the table has them. */
export function columnsOfIndex(table: Table, index: Index): readonly string[] {
  const texts = [...index.keys.flatMap(({ expression }) => expression ?? []), ...(index.where ? [index.where] : [])];
  const named = new Set(texts.flatMap((text) => [...sqlNames(text)]));
  const plain = [...index.keys.flatMap(({ column }) => column ?? []), ...(index.include ?? [])];
  return [
    ...plain,
    ...table.columns.map(({ name }) => name).filter((name) => named.has(name) && !plain.includes(name)),
  ];
}

/** Columns that the migration gives values row by row, so that triggers see it. */
export function written({ filled, recomputed, replaced }: TablePair): ReadonlySet<string> {
  return new Set([...filled.keys(), ...[...recomputed].filter((name) => !replaced.has(name))]);
}

/** Columns whose values are no longer what they were, or are no longer there. */
export function touched(pair: TablePair): ReadonlySet<string> {
  return new Set([...pair.gone, ...pair.replaced, ...pair.retyped.keys()]);
}

/** The column of that name in the new table. */
export function nextColumn({ next }: TablePair, name: string): Column | undefined {
  return find(next.columns, name);
}
