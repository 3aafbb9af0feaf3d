/**
 * A spec as written, once its shape is known to be right: exactly the supported language, nothing
 * filled in and no name resolved. Maps keep the author's order.
 */
export interface Spec {
  readonly supercompile: 1;
  /** kebab-case. */
  readonly name: string;
  readonly description?: string;
  readonly auth: AuthSpec;
  readonly api?: ApiSpec;
  readonly database?: DatabaseSpec;
  readonly entities: SpecMap<EntitySpec>;
  /** Groups of fields; an entity's own fields already have those that it takes over. */
  readonly mixins?: SpecMap<MixinSpec>;
  readonly migration?: MigrationSpec;
}

/** What is said of the next migration alone; maps are keyed by `Entity.field`. */
export interface MigrationSpec {
  /** `drop field Order.note`. */
  readonly allow?: readonly string[];
  readonly backfill?: SpecMap<LiteralSpec>;
  readonly values?: SpecMap<SpecMap<string>>;
  readonly cast?: SpecMap<CastSpec>;
}

/** Exactly one of these. */
export interface CastSpec {
  readonly timeZone?: string;
  readonly epoch?: EpochUnit;
  readonly values?: SpecMap<LiteralSpec>;
  readonly separator?: string;
  readonly element?: 'first';
}

export type EpochUnit = 'seconds' | 'milliseconds';

/** A map keyed by the author's names. */
export type SpecMap<Value> = Readonly<Record<string, Value>>;

export interface AuthSpec {
  readonly provider: 'none';
}

export interface ApiSpec {
  /** `/v1`, `/api/v1`: never empty, never ends with a slash. */
  readonly basePath?: string;
  /** `512KB`, `1MB`. */
  readonly bodyLimit?: string;
}

export interface DatabaseSpec {
  readonly schema?: string;
  readonly unmanaged?: readonly string[];
}

export interface EntitySpec {
  readonly description?: string;
  /** Former name. */
  readonly was?: string;
  readonly table?: string;
  readonly path?: string;
  readonly fields: SpecMap<FieldSpec>;
  readonly list?: ListSpec;
  readonly search?: readonly string[];
  /** Absent where `partOf` is there, and only there. */
  readonly access?: SpecMap<GrantSpec>;
  /** Name of a reference. */
  readonly partOf?: string;
  /** Conditions by name. */
  readonly rules?: SpecMap<string>;
  readonly checks?: SpecMap<string>;
  readonly frozen?: string;
  readonly unique?: SpecMap<FieldListSpec>;
  readonly indexes?: SpecMap<FieldListSpec>;
  readonly noOverlap?: SpecMap<NoOverlapSpec>;
  readonly softDelete?: boolean;
  readonly id?: 'uuid' | 'bigint' | 'string';
  readonly clientId?: boolean;
  /** Most rows of one bulk request. */
  readonly bulk?: number;
  /** Names of the fields of a unique. */
  readonly upsert?: readonly string[];
  /** Names of groups of fields. */
  readonly mixins?: readonly string[];
}

export interface MixinSpec {
  readonly fields: SpecMap<FieldSpec>;
}

export interface GrantSpec {
  readonly roles: readonly 'anonymous'[];
  readonly allow: readonly OperationSpec[];
  readonly rows: 'all';
}

export type OperationSpec = 'create' | 'read' | 'update' | 'delete' | 'restore';

export interface ListSpec {
  readonly filter?: readonly string[];
  readonly sort?: readonly string[];
  readonly expand?: readonly string[];
  readonly pageSize?: number;
  readonly maxPageSize?: number;
}

export interface FieldListSpec {
  readonly fields: readonly string[];
  /** A condition. */
  readonly where?: string;
}

export interface NoOverlapSpec {
  readonly per?: readonly string[];
  readonly from: string;
  readonly to: string;
  /** A condition. */
  readonly where?: string;
}

export const FIELD_TYPE_WORDS = [
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
export type FieldTypeWord = (typeof FIELD_TYPE_WORDS)[number];

/** A value as written: strings of `bigint` and `decimal`, lists of `many` fields, anything of `json`. */
export type LiteralSpec =
  string | number | boolean | null | readonly LiteralSpec[] | { readonly [key: string]: LiteralSpec };

export const JSON_TYPES = ['object', 'array', 'string', 'number', 'integer', 'boolean'] as const;
export type JsonTypeWord = (typeof JSON_TYPES)[number];

/** The part of JSON Schema that a `json` field may hold its values to, as written. */
export interface JsonSchemaSpec {
  /** A list of a type and `null` for what may be null. */
  readonly type: JsonTypeWord | readonly (JsonTypeWord | 'null')[];
  readonly description?: string;
  readonly enum?: readonly (string | number | boolean)[];
  readonly properties?: SpecMap<JsonSchemaSpec>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchemaSpec;
  readonly items?: JsonSchemaSpec;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The schema allows each attribute only where it applies to the type. */
export interface FieldSpec {
  readonly type: FieldTypeWord;
  readonly description?: string;
  /** Former name. */
  readonly was?: string;
  readonly optional?: boolean;
  readonly many?: boolean;
  readonly unique?: boolean;
  readonly immutable?: boolean;
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
  /** For `integer` and `bigint`. */
  readonly sequence?: boolean;
  /** An expression. */
  readonly computed?: string;
  readonly default?: LiteralSpec;
  readonly example?: LiteralSpec;
  /** Numbers for `integer` and `number`, strings for `bigint`, `decimal`, `date`, `time` and `datetime`. */
  readonly min?: number | string;
  readonly max?: number | string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly pattern?: string;
  readonly maxItems?: number;
  /** For `json`. */
  readonly schema?: JsonSchemaSpec;
  /** For `enum`. */
  readonly values?: readonly string[];
  /** For `enum`: from a value to its former name. */
  readonly valuesWere?: SpecMap<string>;
  /** For `enum`: from each value to those that may follow; values that are no keys are final. */
  readonly transitions?: SpecMap<readonly string[]>;
  /** For `enum` with transitions: the values that a new row may have. */
  readonly initial?: readonly string[];
  /** For `reference` and `references`: name of the target entity. */
  readonly to?: string;
  /** `unlink` for `references`, `cascade` and `setNull` for `reference`. */
  readonly onDelete?: 'restrict' | 'cascade' | 'setNull' | 'unlink';
  /** For `reference` and `references`: name of the list on the target. */
  readonly inverse?: string;
}
