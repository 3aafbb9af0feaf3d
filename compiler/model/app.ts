import type { Expression } from '../expression/expression.ts';
import type { JsonSchemaSpec } from '../spec/spec.ts';
import type { IdKind } from './id-kind.ts';
import type { Inverse, Links, Reference } from './links.ts';

/**
 * The intermediate representation: what a spec means once defaults are filled and names are
 * resolved. Plain frozen data; every later stage reads it and none changes it.
 */
export interface App {
  /** kebab-case, as written in `name`. */
  readonly name: string;
  readonly description?: string;
  readonly auth: { readonly provider: 'none' };
  readonly api: ApiOptions;
  readonly database: {
    readonly schema: string;
    /** What someone else keeps on the tables, as `table.name`; absent: nothing. */
    readonly unmanaged?: readonly string[];
  };
  /** In code-unit order of `name`. */
  readonly entities: readonly Entity[];
  /** What the author says of the next migration alone. */
  readonly migration?: MigrationNotes;
}

export interface MigrationNotes {
  /** `drop field Order.note`, as written. */
  readonly allow: readonly string[];
  readonly backfills: readonly { readonly field: FieldPlace; readonly value: Literal }[];
  readonly values: readonly { readonly field: FieldPlace; readonly from: string; readonly to: string }[];
  readonly casts: readonly { readonly field: FieldPlace; readonly cast: Cast }[];
}

/** What stored values mean in the new type of their field. */
export type Cast =
  | { readonly kind: 'timeZone'; readonly zone: string }
  /** How many of these units a number counts since 1970: `1` a second. */
  | { readonly kind: 'epoch'; readonly perSecond: number }
  /** From stored texts, in their order. */
  | { readonly kind: 'values'; readonly values: readonly { readonly from: string; readonly to: Literal }[] }
  | { readonly kind: 'separator'; readonly text: string }
  | { readonly kind: 'element' };

/** A field by the names of the spec. */
export interface FieldPlace {
  readonly entity: string;
  readonly field: string;
}

export interface ApiOptions {
  /** Prefix of every entity path: empty, or starting with `/` and not ending with it. */
  readonly basePath: string;
  /** Largest request body accepted, in bytes. */
  readonly bodyLimit: number;
}

export interface Entity {
  /** PascalCase singular, as written. */
  readonly name: string;
  readonly names: EntityNames;
  /** Former name, as written. */
  readonly was?: string;
  readonly description?: string;
  /** The author's order. System fields (id, createdAt, updatedAt, version) are not listed. */
  readonly fields: readonly Field[];
  readonly grants: readonly Grant[];
  /** Present: rows belong to a row of another entity, which lends them its grants. */
  readonly partOf?: PartOf;
  /** Union of what the grants allow on rows of this entity, in the order of `OPERATIONS`. An operation missing here has no route. */
  readonly operations: readonly Operation[];
  readonly list: ListOptions;
  /** Fields of the full-text index, the weightiest first; none: no `search=`. */
  readonly search?: readonly string[];
  /** Named conditions, in the author's order. */
  readonly rules: readonly NamedCondition[];
  /** Conditions that every row meets, in the author's order. */
  readonly checks: readonly RowCheck[];
  /** Most rows of one bulk request; absent: there are none. */
  readonly bulk?: number;
  /** Fields of a unique by which an upsert finds its row, as written; absent: there are no upserts. */
  readonly upsert?: readonly string[];
  /** Absent: a UUID. */
  readonly id?: Exclude<IdKind, 'uuid'>;
  /** Present: a create may bring the id of its row. */
  readonly clientId?: true;
  /** Present: deleted rows are kept, and can be restored. */
  readonly softDelete?: true;
  /** Under which a row may not change. */
  readonly frozen?: Condition;
  readonly uniques: readonly NamedFields[];
  readonly indexes: readonly NamedFields[];
  /** Ranges that may not overlap, in the author's order. */
  readonly noOverlaps: readonly NoOverlap[];
  /** Lists of the rows of other entities, and of its own, that refer to a row here; in code-unit order of `name`. */
  readonly inverses: readonly Inverse[];
}

/** What the rows of an entity are parts of. */
export interface PartOf {
  /** Name of the reference: required, immutable, `cascade`. */
  readonly field: string;
  /** Name of the entity that it leads to. */
  readonly entity: string;
}

/** Every spelling of an entity's name that any output needs, from the one naming module. */
export interface EntityNames {
  /** SQL table: `lead_notes`. */
  readonly table: string;
  /** URL segment: `lead-notes`. */
  readonly path: string;
  /** Folder and test file: `lead-note`. */
  readonly folder: string;
  /** `leadNote`. Never used bare as an identifier: it may be a reserved word. */
  readonly camel: string;
  /** `leadNotes`. */
  readonly camelPlural: string;
  /** `lead note`, for prose. */
  readonly words: string;
  /** `lead notes`, for prose. */
  readonly wordsPlural: string;
}

export const OPERATIONS = ['create', 'read', 'update', 'delete', 'restore'] as const;
export type Operation = (typeof OPERATIONS)[number];

export interface Grant {
  readonly name: string;
  readonly roles: readonly string[];
  readonly allow: readonly Operation[];
  readonly rows: 'all';
}

export interface ListOptions {
  /** Names of fields (or `createdAt`, `updatedAt`), in the author's order; after names of references where there are dots. */
  readonly filter: readonly string[];
  /** Whether the author wrote the filters: only text that is named there is found by a part of it, for that index is dear. */
  readonly findsParts: boolean;
  readonly sort: readonly string[];
  /** Paths of one or two links: references (`account`, `account.owner`) and, first only, inverses (`items.product`). */
  readonly expand: readonly string[];
  readonly pageSize: number;
  readonly maxPageSize: number;
}

/** A named list of fields: a composite unique or an index. */
export interface NamedFields {
  readonly name: string;
  readonly fields: readonly string[];
  /** Only rows that meet it. */
  readonly where?: Condition;
}

/** A range of each row that overlaps none of another row which is equal in the fields of `per`. */
export interface NoOverlap {
  readonly name: string;
  readonly per: readonly string[];
  /** Names of two fields of one type: the range begins at the first and ends before the second. */
  readonly from: string;
  readonly to: string;
  /** Only rows that meet it. */
  readonly where?: Condition;
  /** That the range ends after it begins; absent only where the two fields were refused. */
  readonly ordered?: Condition;
}

/** A condition: its text as written, and what it means. */
export interface Condition {
  readonly text: string;
  readonly expression: Expression;
}

export interface NamedCondition extends Condition {
  readonly name: string;
}

export interface RowCheck extends NamedCondition {
  readonly reads: Reads;
  /** Present: it is no check of the author's but the limit of a field that triggers keep, which holds at commit. */
  readonly limit?: { readonly field: string; readonly rule: 'min' | 'max' };
}

/**
 * What an expression looks at: its row alone, or other rows (or the items of a list one by one) too. A check that
 * reads what triggers keep looks at the rows that this is made of.
 */
export type Reads = 'row' | 'others';

/** A value that the database makes. */
export interface Computed extends Condition {
  readonly reads: Reads;
}

export const FIELD_TYPES = [
  'string',
  'text',
  'integer',
  'bigint',
  'decimal',
  'number',
  'boolean',
  'date',
  'time',
  'datetime',
  'timeZone',
  'uuid',
  'json',
  'enum',
  'email',
  'phone',
  'url',
  'reference',
  'references',
] as const;
export type FieldTypeName = (typeof FIELD_TYPES)[number];

/** A literal of the spec, exactly as JSON would carry it (bigint and decimal are strings). */
export type Literal = string | number | boolean | null | readonly Literal[] | { readonly [key: string]: Literal };

export interface Field {
  /** As written: `account`. */
  readonly name: string;
  /** As bodies, queries and error pointers spell it: `accountId`, `labelIds`. */
  readonly key: string;
  /** SQL column: `account_id`. */
  readonly column: string;
  /** Former name, as written. */
  readonly was?: string;
  readonly type: FieldTypeName;
  readonly optional: boolean;
  /** An array of the type: never null, `[]` unless told. */
  readonly many: boolean;
  readonly unique: boolean;
  /** Accepted on create only. */
  readonly immutable: boolean;
  /** Never in a request body. */
  readonly readOnly: boolean;
  /** Present: the database sets it, and `readOnly` is true. */
  readonly computed?: Computed;
  /** Present: the database numbers the rows, and `readOnly` and `unique` are true. */
  readonly sequence?: true;
  /** Never in a response, filter or sort. */
  readonly writeOnly: boolean;
  /** Absent means no default (a `many` field always has one: `[]`). */
  readonly default?: Literal;
  /** In the place of a default: what the database works out when a row is created without a value. */
  readonly preset?: Condition;
  readonly example?: Literal;
  readonly description?: string;
  readonly limits: Limits;
  /** For `json`: what its values are held to. */
  readonly schema?: JsonShape;
  /** For `enum`. */
  readonly enum?: EnumValues;
  /** For `reference`. */
  readonly reference?: Reference;
  /** For `references`, whose values are lists of ids. */
  readonly links?: Links;
}

/** A JSON Schema as the author wrote it. */
export type JsonShape = JsonSchemaSpec;

/** Defaults of the type are filled in (`maxLength` 255 of a string, `precision` of a decimal). */
export interface Limits {
  /** Inclusive. A number for `integer` and `number`; a string for `bigint`, `decimal`, `date`, `time` and `datetime`. */
  readonly min?: number | string;
  readonly max?: number | string;
  /** In Unicode code points. */
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly precision?: number;
  readonly scale?: number;
  /** ECMAScript regular expression, `u` flag, unanchored unless it says so. */
  readonly pattern?: string;
  readonly maxItems?: number;
}

export interface EnumValues {
  /** SQL type: `lead_status`. */
  readonly typeName: string;
  readonly values: readonly string[];
  /** Former names of values. */
  readonly were?: readonly { readonly value: string; readonly was: string }[];
  /** Absent: any value may follow any other. Present: the state machine, complete (final states map to nothing). */
  readonly transitions?: readonly Transition[];
  /** With transitions: the only values a new row may have. */
  readonly initial?: readonly string[];
}

export interface Transition {
  readonly from: string;
  readonly to: readonly string[];
}
