import type { Lost } from '../diff/type-change.ts';
import type { Consent } from './consent.ts';

/** What the author declares beside the new schema, in the database's names. */
export interface Intents {
  readonly renames: readonly Rename[];
  readonly backfills: readonly Backfill[];
  readonly casts: readonly Cast[];
  readonly values: readonly ValueMapping[];
  /** Tables that go, though another one takes the name of each. */
  readonly leaving?: readonly string[];
  /** Tables that are new, whatever had the name of each. */
  readonly fresh?: readonly string[];
  /** What is said of the one table holds for the other too. */
  readonly archives: readonly Archive[];
  /** Whether a check of a table is one of a field's own limits, which its default and backfill are known to keep. */
  readonly isOfField: (table: string, check: string) => boolean;
  readonly isAllowed: (consent: Consent) => boolean;
}

/** A former name; `table` and `enum` are named as they are once everything is renamed. */
export type Rename =
  | { readonly kind: 'table'; readonly name: string; readonly to: string }
  | { readonly kind: 'column'; readonly table: string; readonly name: string; readonly to: string }
  | { readonly kind: 'enum'; readonly name: string; readonly to: string }
  | { readonly kind: 'value'; readonly enum: string; readonly name: string; readonly to: string };

/** A table that keeps the deleted rows of another, which may be restored; both by their new names. */
export interface Archive {
  readonly table: string;
  readonly archive: string;
}

/** The value of rows that have none. */
export interface Backfill {
  readonly table: string;
  readonly column: string;
  readonly expression: string;
}

/** How values of a column become values of its new type. */
export interface Cast {
  readonly table: string;
  readonly column: string;
  readonly using: string;
  /** Of a stored value: true where it has no place in the new type. */
  readonly fails?: (value: string) => string;
  /** Of a stored value: true where it becomes null. */
  readonly empties?: (value: string) => string;
  readonly loses?: Lost;
  /** Several values may become one. */
  readonly merges?: true;
  /** Values that it says nothing of become the backfill. */
  readonly isFilled?: true;
  /** The first item of a list. */
  readonly isElement?: true;
}

/** What rows with a value that goes have instead. */
export interface ValueMapping {
  readonly enum: string;
  readonly from: string;
  readonly to: string;
}

/** Nothing declared, nothing allowed. */
export const NO_INTENTS: Intents = {
  renames: [],
  backfills: [],
  casts: [],
  values: [],
  archives: [],
  isOfField: () => false,
  isAllowed: () => false,
};
