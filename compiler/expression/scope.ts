import type { ExpressionType } from './expression-type.ts';

/** What the names of an expression mean: the entities as types, and what may be used where it stands. */
export interface ExpressionScope {
  readonly entities: ReadonlyMap<string, EntityShape>;
  /** The entity that `record` is a row of; absent where there is no row yet. */
  readonly record?: string;
  readonly literals: LiteralReader;
}

/** An entity as a type. */
export interface EntityShape {
  readonly name: string;
  readonly table: string;
  /** By the name that conditions use: `accountId` for the id of a link. */
  readonly values: ReadonlyMap<string, ValueShape>;
  /** To-one links by their name: `account`. */
  readonly links: ReadonlyMap<string, LinkShape>;
  /** Rows that point to this one, or that it points to, by the name of that list. */
  readonly lists: ReadonlyMap<string, ListShape>;
  /** Text of the named conditions. */
  readonly rules: ReadonlyMap<string, string>;
  /** Members by their former name. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Links that lead here and name no list of it, as in `VisitItem.visit`. */
  readonly unnamedLists: readonly string[];
  /** Whether a member of that name is declared, but was refused: what it is nobody knows. */
  readonly isRefused: (name: string) => boolean;
}

export interface ValueShape {
  readonly key: string;
  readonly column: string;
  readonly type: ExpressionType;
  readonly nullable: boolean;
  /** A column that other rows decide, or that is made of others: it cannot be read where columns are computed. */
  readonly computed?: 'row' | 'others';
}

export interface LinkShape {
  readonly name: string;
  /** Name of the entity it points to. */
  readonly entity: string;
  readonly column: string;
  readonly nullable: boolean;
}

export interface ListShape {
  readonly name: string;
  /** Name of the entity of its rows. */
  readonly entity: string;
  readonly via: ListPath;
}

/** How the rows of a list are found. */
export type ListPath =
  /** By their own column, which has the id of the row. */
  | { readonly kind: 'column'; readonly column: string }
  /** By a column of the row, which has their ids; the table has them as pairs, of which the row is the source. */
  | { readonly kind: 'ids'; readonly column: string; readonly table: string }
  /** By the pairs that their column of ids makes, of which the row is the target. */
  | { readonly kind: 'pairs'; readonly column: string; readonly table: string };

/** Reads a text as a value of a type: in its one spelling, or what is wrong with it. */
export type LiteralReader = (kind: LiteralKind, text: string) => string | LiteralFault;

export type LiteralKind = 'date' | 'time' | 'datetime' | 'uuid' | 'bigint' | 'timeZone';

export interface LiteralFault {
  /** Finishes "the value ...". */
  readonly detail: string;
  readonly hint: string;
}
