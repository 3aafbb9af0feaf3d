/**
 * What a schema of a live database holds, in one canonical form: the same objects give the same catalogue, however
 * they came about. No part of it are the order of columns (Postgres can only append), the names that Postgres 18
 * gives to `not null`, the schema's own name, and what supercompile itself keeps there.
 */
export interface Catalogue {
  /** Major version of the server: what it says of expressions may differ from one to the next. */
  readonly server: number;
  /** In code-unit order of kind and name. */
  readonly objects: readonly CatalogueObject[];
}

export type CatalogueKind =
  | 'extension'
  | 'enum'
  | 'function'
  | 'table'
  | 'column'
  | 'constraint'
  | 'index'
  | 'trigger'
  | 'rule'
  | 'policy'
  | 'view';

export interface CatalogueObject {
  readonly kind: CatalogueKind;
  /** Unique within its kind; what is part of a table begins with that: `leads.score`. */
  readonly name: string;
  /** The table that it is part of. */
  readonly table?: string;
  /** By name, each as Postgres spells it; an absent one is Postgres' default. */
  readonly attributes: Readonly<Record<string, string>>;
}
