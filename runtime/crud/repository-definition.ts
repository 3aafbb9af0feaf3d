import type { Compilable, Expression, Kysely, SqlBool } from 'kysely';
import type { Text } from '../database/database.ts';
import type { ColumnSpec } from './columns.ts';
import type { ConstraintMeaning } from './constraint-meaning.ts';
import type { ExpandSpec, RowsQuery } from './expansions.ts';
import type { FilterColumn } from './filters.ts';
import type { OwnerSpec } from './owner-spec.ts';
import type { ArchiveSpec } from './restore.ts';
import type { Rank } from './search.ts';
import type { UpsertSpec } from './upsert-spec.ts';

/** What a list fills in for each request. */
export interface ListParts {
  readonly where: Expression<SqlBool>;
  readonly order: Expression<unknown>;
  readonly limit: Expression<number>;
  /** To be selected last, where the entity can be searched. */
  readonly rank: Rank;
}

/** What an update fills in for each request. */
export interface UpdateParts {
  /** Keeps the columns that the request sets. */
  readonly pick: <Values extends object>(values: Values) => Partial<Values>;
  /** The accepted versions and the states that the change may follow. */
  readonly guard: Expression<SqlBool>;
}

/** A column that a list may be ordered by. */
export interface SortColumn {
  readonly column: string;
  /** What it holds: a cursor made while it held something else is none of the list. */
  readonly type?: string;
  readonly nullable?: boolean;
  readonly lower?: boolean;
}

/** A state machine: the values that may follow each value; one that is no key is final. */
export interface Transitions {
  readonly column: string;
  readonly next: Readonly<Record<string, readonly string[]>>;
}

/** The SQL of one entity, as compiled text spells it: Kysely expressions with `param()` holes. */
export interface RepositoryDefinition<Schema> {
  /** SQL schema of the tables. */
  readonly schema: string;
  /** Columns of a response row, in its order. */
  readonly columns: readonly ColumnSpec[];
  /** Columns that are written and never read back. */
  readonly writeOnly?: readonly ColumnSpec[];
  /** The database gives each row its id. */
  readonly numbered?: true;
  /** A write of a row may lead to further writes of rows of this entity, which what it returns does not show. */
  readonly recomputed?: true;
  /** A row may take another one of this entity with it, or keep it from being deleted. */
  readonly together?: true;
  /** Foreign keys that a delete looks at once all is gone that goes with its row. */
  readonly lateHolds?: readonly string[];
  /** Rows to be held before one of this entity is changed, in this order. */
  readonly owners?: readonly OwnerSpec[];
  /** Keys that a create may leave to the database. */
  readonly presets?: readonly string[];
  readonly get: (db: Kysely<Schema>) => RowsQuery;
  readonly list: (db: Kysely<Schema>, parts: ListParts) => RowsQuery;
  readonly create: (db: Kysely<Schema>) => Compilable;
  readonly update: (db: Kysely<Schema>, parts: UpdateParts) => Compilable;
  readonly delete: (db: Kysely<Schema>, parts: { readonly guard: Expression<SqlBool> }) => Compilable;
  /** By what an upsert finds its row, where there are upserts. */
  readonly upsert?: UpsertSpec;
  /** Where deleted rows are kept, if they are. */
  readonly archive?: ArchiveSpec;
  readonly filters: Readonly<Record<string, FilterColumn>>;
  readonly sorts: Readonly<Record<string, SortColumn>>;
  /** Column of the full-text index. */
  readonly search?: string;
  /** Links that answers may follow, by path; a path comes after the one it goes on from. */
  readonly expand?: Readonly<Record<string, ExpandSpec>>;
  /** State machines by key. */
  readonly transitions?: Readonly<Record<string, Transitions>>;
  readonly constraints?: Readonly<Record<string, ConstraintMeaning>>;
}

/** A row as it comes from the database: its version, then the columns in their order. */
export type StoredRow = readonly Text[];

/** Versions that an `If-Match` accepts; `undefined` for any. */
export type Versions = readonly string[] | undefined;

/** A JSON body whose keys are those of the entity. */
export type Body = Readonly<Record<string, unknown>>;

/** Most request shapes of one entity that are kept compiled, and that get a prepared statement's name. */
export const MAX_VARIANTS = 256;
