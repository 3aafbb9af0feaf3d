/**
 * The canonical physical schema: what migrations fold to, and what the differ compares. Every name is
 * final and unqualified (all objects live in the one schema), every expression is SQL text exactly as
 * it was sent to Postgres, an absent property means Postgres' own default. Lists are ordered by name,
 * but for what has an order of its own (enum values, keys of an index). The order of a table's columns
 * is how it was written; it is no part of the state, because Postgres can only append.
 *
 * These forms are final: properties may be added, none may change its meaning.
 */
export interface DatabaseSchema {
  /** `public`, or what the spec's `database.schema` says. */
  readonly name: string;
  readonly extensions: readonly Extension[];
  readonly enums: readonly EnumType[];
  readonly functions: readonly DatabaseFunction[];
  readonly tables: readonly Table[];
  readonly views: readonly View[];
}

export interface Extension {
  readonly name: string;
  /** Schema that it is installed in, where that is not the app's. */
  readonly schema?: string;
}

export interface EnumType {
  readonly name: string;
  /** In their order. */
  readonly values: readonly string[];
  /** Values that took each other's names: no part of the database. */
  readonly exchanged?: readonly ExchangedName[];
}

/** A function of the schema; names are not overloaded. */
export interface DatabaseFunction {
  readonly name: string;
  /** `lead_id uuid, at date`; empty for a trigger's function. */
  readonly parameters: string;
  readonly returns: string;
  readonly language: 'plpgsql' | 'sql';
  readonly volatility?: 'immutable' | 'stable';
  /** Runs with its owner's rights instead of the caller's. */
  readonly securityDefiner?: true;
  /** Settings in force while it runs, as written after `set`: `search_path = ''`. */
  readonly settings: readonly string[];
  /** Lines between the dollar quotes. */
  readonly body: readonly string[];
}

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  readonly triggers: readonly Trigger[];
  /** Absent: off. `forced` binds the owner too. */
  readonly rowSecurity?: 'enabled' | 'forced';
  readonly policies: readonly Policy[];
  /**
   * A table of the backend's own: no rights for PUBLIC nor for the roles of Supabase's API, whatever the default
   * privileges of the schema give away.
   */
  readonly internal?: true;
  /** Whose rows it holds, in the names of the spec: no part of the database. Absent where no entity's, or not known. */
  readonly origin?: TableOrigin;
}

/** What a table goes on being whatever it is called. */
export interface TableOrigin {
  readonly entity: string;
  /** Absent: the entity's own rows. */
  readonly holds?: 'deleted' | 'pairs';
  /** Of pairs: the field that has them as a list. */
  readonly field?: string;
  /** Its former name, where that is the present one of another entity: names that were exchanged look as before. */
  readonly was?: string;
  /** Fields that took each other's names. */
  readonly exchanged?: readonly ExchangedName[];
}

/** A name and the former one, which is in use again. */
export interface ExchangedName {
  readonly name: string;
  readonly was: string;
}

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly notNull: boolean;
  /** SQL expression. */
  readonly default?: string;
  readonly identity?: Identity;
  readonly generated?: Generated;
  readonly collation?: string;
}

/** One element type, built in (as `format_type()` spells it) or an enum of the schema. */
export interface ColumnType {
  readonly name: string;
  /** The name is an enum of the schema. */
  readonly enum?: true;
  readonly array?: true;
}

export interface Identity {
  readonly generation: 'always' | 'byDefault';
  readonly start?: string;
  readonly increment?: string;
}

export interface Generated {
  readonly expression: string;
  /** Postgres 15 to 17 know no other. */
  readonly stored: true;
}

export type Constraint = PrimaryKey | Unique | Check | ForeignKey | Exclusion;

export interface PrimaryKey {
  readonly kind: 'primaryKey';
  readonly name: string;
  readonly columns: readonly string[];
}

export interface Unique extends Deferrable {
  readonly kind: 'unique';
  readonly name: string;
  readonly columns: readonly string[];
  readonly nullsNotDistinct?: true;
}

export interface Check extends Validity {
  readonly kind: 'check';
  readonly name: string;
  /** Columns that the expression reads. */
  readonly columns: readonly string[];
  readonly expression: string;
}

export interface ForeignKey extends Deferrable, Validity {
  readonly kind: 'foreignKey';
  readonly name: string;
  readonly columns: readonly string[];
  readonly references: { readonly table: string; readonly columns: readonly string[] };
  /** Absent: `no action`. */
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
}

export type ReferentialAction = 'restrict' | 'cascade' | 'setNull' | 'setDefault';

export interface Exclusion extends Deferrable {
  readonly kind: 'exclusion';
  readonly name: string;
  readonly method: IndexMethod;
  readonly elements: readonly { readonly key: IndexKey; readonly operator: string }[];
  readonly where?: string;
}

interface Deferrable {
  readonly deferrable?: 'initiallyImmediate' | 'initiallyDeferred';
}

interface Validity {
  /** Binds new rows only: a state between two steps, never one to stay in. */
  readonly notValid?: true;
}

export type IndexMethod = 'btree' | 'gin' | 'gist' | 'hash' | 'brin';

export interface Index {
  readonly name: string;
  readonly unique?: true;
  /** Absent: `btree`. */
  readonly method?: IndexMethod;
  readonly keys: readonly IndexKey[];
  /** Columns carried along. */
  readonly include?: readonly string[];
  readonly where?: string;
  readonly nullsNotDistinct?: true;
}

/** Exactly one of `column` and `expression`. */
export interface IndexKey {
  readonly column?: string;
  readonly expression?: string;
  readonly descending?: true;
  /** Only where it is not what the direction implies (last when ascending, first when descending). */
  readonly nulls?: 'first' | 'last';
  readonly operatorClass?: string;
  /** What the operator class belongs to; it is named without the schema, which is where the extension happens to stand. */
  readonly extension?: string;
  readonly collation?: string;
}

export interface Trigger {
  readonly name: string;
  readonly timing: 'before' | 'after' | 'insteadOf';
  readonly events: readonly TriggerEvent[];
  readonly level: 'row' | 'statement';
  readonly when?: string;
  readonly function: string;
  readonly arguments: readonly string[];
  /** A constraint trigger. */
  readonly deferrable?: 'initiallyImmediate' | 'initiallyDeferred';
}

export interface TriggerEvent {
  readonly on: 'insert' | 'update' | 'delete' | 'truncate';
  /** `update of` these columns. */
  readonly columns?: readonly string[];
}

export interface Policy {
  readonly name: string;
  readonly command: 'all' | 'select' | 'insert' | 'update' | 'delete';
  readonly restrictive?: true;
  /** Absent: everyone. */
  readonly roles?: readonly string[];
  readonly using?: string;
  readonly check?: string;
}

export interface View {
  readonly name: string;
  readonly materialized?: true;
  /** Lines of the query. */
  readonly query: readonly string[];
  /** Tables, views and functions that it reads: they come before it and go after it. */
  readonly dependsOn: readonly string[];
  /** `security_invoker = true`. */
  readonly options: readonly string[];
}

/** The schema before its first migration. */
export function emptySchema(name: string): DatabaseSchema {
  return { name, extensions: [], enums: [], functions: [], tables: [], views: [] };
}
