import type { IdKind } from './id-kind.ts';

/** A link to one row. */
export interface Reference {
  /** Name of the target entity. */
  readonly entity: string;
  /** Kind of its ids, as it says. */
  readonly id?: Exclude<IdKind, 'uuid'>;
  readonly onDelete: 'restrict' | 'cascade' | 'setNull';
  /** Name of the list on the target; absent where it has none. */
  readonly inverse?: string;
}

/** Links to many rows. */
export interface Links {
  /** Name of the target entity. */
  readonly entity: string;
  /** Kind of its ids, as it says. */
  readonly id?: Exclude<IdKind, 'uuid'>;
  readonly onDelete: 'restrict' | 'unlink';
  /** Name of the list on the target; absent where it has none. */
  readonly inverse?: string;
}

/** A named list of the rows that refer to a row: derived from the `inverse` of their reference. */
export interface Inverse {
  /** As written: `leads`. Neither a field of the entity nor another inverse. */
  readonly name: string;
  /** Name of the entity that refers. */
  readonly entity: string;
  /** Name of its `reference` or `references` field. */
  readonly field: string;
}
