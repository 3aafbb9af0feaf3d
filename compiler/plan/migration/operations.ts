import type {
  Column,
  ColumnType,
  Constraint,
  DatabaseFunction,
  EnumType,
  ExchangedName,
  Extension,
  Identity,
  Index,
  Policy,
  Table,
  TableOrigin,
  Trigger,
  View,
} from '../database/database-schema.ts';

/**
 * One change of the schema, as the `.json` of a migration keeps it. Folding all operations of a history
 * yields the schema without a database. The forms are final: kinds and properties may be added, none
 * may change its meaning.
 */
export type Operation =
  | SchemaOperation
  | EnumOperation
  | TableOperation
  | ColumnOperation
  | ConstraintOperation
  | IndexOperation
  | TriggerOperation
  | SecurityOperation
  | ViewOperation
  | DataOperation;

export type SchemaOperation =
  | { readonly kind: 'createSchema' }
  | { readonly kind: 'createExtension'; readonly extension: Extension }
  | { readonly kind: 'dropExtension'; readonly name: string }
  | { readonly kind: 'createFunction'; readonly function: DatabaseFunction }
  | { readonly kind: 'replaceFunction'; readonly function: DatabaseFunction }
  | { readonly kind: 'renameFunction'; readonly name: string; readonly to: string }
  | { readonly kind: 'dropFunction'; readonly name: string };

export type EnumOperation =
  | { readonly kind: 'createEnum'; readonly enum: EnumType }
  | { readonly kind: 'renameEnum'; readonly name: string; readonly to: string }
  /** Absent `before`: at the end. Committed before the value may be used. */
  | { readonly kind: 'addEnumValue'; readonly enum: string; readonly value: string; readonly before?: string }
  | { readonly kind: 'renameEnumValue'; readonly enum: string; readonly value: string; readonly to: string }
  /** Nothing in the database. */
  | { readonly kind: 'setExchangedValues'; readonly enum: string; readonly exchanged?: readonly ExchangedName[] }
  | { readonly kind: 'dropEnum'; readonly name: string };

/** What `create table` says of a table. */
export type NewTable = Pick<Table, 'name' | 'columns' | 'constraints' | 'internal' | 'origin'>;

export type TableOperation =
  /** With columns and the constraints that read this table alone; the rest follows in operations of its own. */
  | { readonly kind: 'createTable'; readonly table: NewTable }
  | { readonly kind: 'renameTable'; readonly name: string; readonly to: string }
  /** Whose rows it holds from now on; nothing in the database. An absent origin: it is not known. */
  | { readonly kind: 'setOrigin'; readonly table: string; readonly origin?: TableOrigin }
  | { readonly kind: 'dropTable'; readonly name: string };

export type ColumnOperation =
  | { readonly kind: 'addColumn'; readonly table: string; readonly column: Column }
  | { readonly kind: 'renameColumn'; readonly table: string; readonly name: string; readonly to: string }
  | {
      readonly kind: 'setColumnType';
      readonly table: string;
      readonly name: string;
      readonly type: ColumnType;
      readonly using?: string;
      /** Absent: that of the type. */
      readonly collation?: string;
    }
  /** An absent default drops it. */
  | { readonly kind: 'setDefault'; readonly table: string; readonly name: string; readonly default?: string }
  | { readonly kind: 'setNotNull'; readonly table: string; readonly name: string; readonly notNull: boolean }
  /** An absent identity drops it; `added` where there was none: it goes on after the highest value. */
  | {
      readonly kind: 'setIdentity';
      readonly table: string;
      readonly name: string;
      readonly identity?: Identity;
      readonly added?: true;
      /** A table that keeps deleted rows, whose numbers are taken too. */
      readonly archive?: string;
    }
  /** Turns a generated column into a plain one. */
  | { readonly kind: 'dropExpression'; readonly table: string; readonly name: string }
  | { readonly kind: 'dropColumn'; readonly table: string; readonly name: string };

export type ConstraintOperation =
  | { readonly kind: 'addConstraint'; readonly table: string; readonly constraint: Constraint }
  | { readonly kind: 'validateConstraint'; readonly table: string; readonly name: string }
  /** A unique index, of the same name unless `index` says another, becomes the primary key or unique constraint. */
  | {
      readonly kind: 'addConstraintUsingIndex';
      readonly table: string;
      readonly constraint: Constraint;
      readonly index?: string;
    }
  /** When a foreign key is checked. An absent `deferrable`: at once. */
  | {
      readonly kind: 'alterConstraint';
      readonly table: string;
      readonly name: string;
      readonly deferrable?: 'initiallyImmediate' | 'initiallyDeferred';
    }
  | { readonly kind: 'renameConstraint'; readonly table: string; readonly name: string; readonly to: string }
  | { readonly kind: 'dropConstraint'; readonly table: string; readonly name: string };

export type IndexOperation =
  /** `concurrently`: on a table that may hold rows, in a step outside any transaction. */
  | { readonly kind: 'createIndex'; readonly table: string; readonly index: Index; readonly concurrently?: true }
  | { readonly kind: 'renameIndex'; readonly table: string; readonly name: string; readonly to: string }
  | { readonly kind: 'dropIndex'; readonly table: string; readonly name: string; readonly concurrently?: true };

export type TriggerOperation =
  | { readonly kind: 'createTrigger'; readonly table: string; readonly trigger: Trigger }
  /** `constraint`: of a constraint trigger, whose constraint has the name too. */
  | {
      readonly kind: 'renameTrigger';
      readonly table: string;
      readonly name: string;
      readonly to: string;
      readonly constraint?: true;
    }
  | { readonly kind: 'dropTrigger'; readonly table: string; readonly name: string };

export type SecurityOperation =
  /** An absent level turns it off. */
  | { readonly kind: 'setRowSecurity'; readonly table: string; readonly rowSecurity?: 'enabled' | 'forced' }
  | { readonly kind: 'createPolicy'; readonly table: string; readonly policy: Policy }
  | { readonly kind: 'renamePolicy'; readonly table: string; readonly name: string; readonly to: string }
  | { readonly kind: 'dropPolicy'; readonly table: string; readonly name: string };

export type ViewOperation =
  | { readonly kind: 'createView'; readonly view: View }
  | { readonly kind: 'replaceView'; readonly view: View }
  | { readonly kind: 'renameView'; readonly name: string; readonly to: string; readonly materialized?: true }
  | { readonly kind: 'dropView'; readonly name: string; readonly materialized?: true };

/** Changes rows and not the schema: in batches, each committed, resumable because done rows no longer match `where`. */
export type DataOperation = {
  readonly kind: 'backfill';
  readonly table: string;
  readonly set: readonly { readonly column: string; readonly expression: string }[];
  readonly where: string;
};

/** The operation of one kind. */
export type OperationOf<Kind extends Operation['kind']> = Extract<Operation, { readonly kind: Kind }>;
