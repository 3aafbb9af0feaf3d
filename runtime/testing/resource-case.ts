import type { Exact } from '../expression/exact.ts';

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = Readonly<Record<string, Json>>;

export type Operation = 'create' | 'read' | 'update' | 'delete' | 'restore';

export type FilterOperator = 'eq' | 'ne' | 'in' | 'gt' | 'gte' | 'lt' | 'lte' | 'contains' | 'null';

export type Refused = readonly [value: Json, code: string, at?: string];

/** One field as the spec tells it, with values to try. */
export interface FieldCase {
  /** Key in bodies, queries and error pointers. */
  readonly key: string;
  readonly column: string;
  readonly type: string;
  /** Distinct valid values, spelled as the API gives them back; none for references. */
  readonly values: readonly Json[];
  /** Another spelling of the first value. */
  readonly spelled?: Json;
  /** Valid values that lie on the limits themselves. */
  readonly edges?: readonly Json[];
  /** Values that are refused, each with its code and, where a part of it is wrong, the pointer of that in it. */
  readonly invalid: readonly Refused[];
  /** Items that are refused in a list. */
  readonly invalidItems?: readonly Refused[];
  readonly optional?: true;
  readonly many?: true;
  readonly immutable?: true;
  readonly readOnly?: true;
  readonly writeOnly?: true;
  /** Set by the database. */
  readonly computed?: true;
  /** Numbered by the database. */
  readonly sequence?: true;
  readonly default?: Json;
  /** What the database works out, at a moment in microseconds, where a create leaves the field out. */
  readonly preset?: (now: bigint) => Json;
  /** All values of an enum, in their order. */
  readonly enum?: readonly string[];
  /** Name of the resource a reference points to. */
  readonly to?: string;
  /** Name of the resource whose rows a list of ids names, none twice. */
  readonly links?: string;
  /** Of such a list: the path below a row where one link is put and deleted, where it has one. */
  readonly path?: string;
  /** Table of the pairs that such a list makes. */
  readonly pairs?: string;
  /** Such a list has one id at most. */
  readonly single?: true;
  readonly onDelete?: 'restrict' | 'cascade' | 'setNull' | 'unlink';
}

/** One link of a path that reads can expand. */
export interface LinkCase {
  /** Name in an expanded answer. */
  readonly name: string;
  /** Name of the resource that it leads to. */
  readonly to: string;
  /** Whether it leads to one row, to the rows that name this one, or to those that a list of ids names, or is named by. */
  readonly kind: 'one' | 'many' | 'named' | 'naming';
  /** Key of the field that holds the id, or the ids: of this resource for one row and those that it names, else of the other. */
  readonly key: string;
}

/** A list of rows of another resource that a create may bring. */
export interface PartCase {
  /** Key in the body. */
  readonly key: string;
  /** Name of their resource. */
  readonly resource: string;
  /** Key of their link, which they do not name there. */
  readonly link: string;
  /** Most of them in one list. */
  readonly maxItems: number;
}

/** A field whose values follow each other by rules. */
export interface StateMachineCase {
  readonly initial: readonly string[];
  readonly next: Readonly<Record<string, readonly string[]>>;
}

/** A condition over a row as the API answers it; each declares the fields that it reads. */
export type RowPredicate = (record: never) => boolean;

export interface CheckCase {
  /** Code of the error. */
  readonly name: string;
  /** The fields that it reads. */
  readonly keys: readonly string[];
  readonly holds: RowPredicate;
}

export type WishCase = Omit<CheckCase, 'name'>;

export interface LinkWishCase extends WishCase {
  /** The link that leads to the row: `Review.ticketId`. */
  readonly by: string;
}

/** What an aim comes to: as JSON has it, or as conditions compute with it. */
export type AimedValue = Json | bigint | Exact;

/** Values of a field at which a condition of the row turns. */
export interface AimCase {
  readonly key: string;
  readonly values?: readonly Json[];
  /** What the rest of the row makes of it. */
  readonly at?: (record: never) => AimedValue;
  /** What such a value must stay within. */
  readonly limits?: { readonly min?: Json; readonly max?: Json; readonly scale?: number };
}

export interface FarRule {
  /** As Postgres names it. */
  readonly constraint: string;
  /** Code of the error. */
  readonly code: string;
}

export interface NoOverlapCase {
  /** Code of the error. */
  readonly name: string;
  /** Keys that only rows share which are compared. */
  readonly per: readonly string[];
  readonly from: string;
  readonly to: string;
  /** All of those keys. */
  readonly keys: readonly string[];
  /** Ranges that do not overlap, each but the first beginning where the one before ends, if it can. */
  readonly ranges: readonly (readonly [from: Json, to: Json])[];
  /** Only rows that meet a condition are compared. */
  readonly isPartial?: true;
}

/** What the API must do with the rows of one entity, written out: nothing here is read from the code under test. */
export interface ResourceCase {
  readonly name: string;
  readonly table: string;
  /** A change of a row may lead back to it, and so raise its version more than once. */
  readonly recomputed?: true;
  /** Most rows of a bulk request, where there are such. */
  readonly bulk?: number;
  /** Kind of the ids; a UUID where it is absent. */
  readonly id?: 'bigint' | 'string';
  /** Whether a create may bring the id of its row. */
  readonly clientId?: true;
  /** Keys by which an upsert finds its row, where there are upserts. */
  readonly upsert?: readonly string[];
  /** Table of deleted rows, where they are kept. */
  readonly archive?: string;
  /** Path of the collection. */
  readonly path: string;
  readonly operations: readonly Operation[];
  /** Those of a response row, in its order, and the write-only ones. */
  readonly fields: readonly FieldCase[];
  /** What a create may bring beside the fields. */
  readonly parts?: readonly PartCase[];
  /** Keys of each unique rule. */
  readonly uniques: readonly (readonly string[])[];
  /** Names of those rules that have one, by their keys with ", " between them: the code of the error. */
  readonly uniqueNames?: Readonly<Record<string, string>>;
  /** Unique rules that bind some rows only: tests keep all rows apart by them. */
  readonly partialUniques?: readonly (readonly string[])[];
  /** Ranges that may not overlap: tests give each row one of its own. */
  readonly noOverlaps?: readonly NoOverlapCase[];
  /** Conditions over the row alone that every row meets. */
  readonly checks?: readonly CheckCase[];
  /** What its rules over other rows ask of a row to which none links yet. */
  readonly alone?: readonly WishCase[];
  /** What rules of other resources ask of the rows that they link to. */
  readonly wishes?: readonly LinkWishCase[];
  /** Rules over other rows that a change of a row here can break: no test foresees them. */
  readonly farRules?: readonly FarRule[];
  /** Where the checks and `frozen` turn, so that tests find rows on both sides. */
  readonly aims?: readonly AimCase[];
  /** Whether rows are ever frozen. */
  readonly freezes?: true;
  /** Under which a row may be neither changed nor deleted; absent where it looks at other rows. */
  readonly frozen?: RowPredicate;
  /** The fields that it reads. */
  readonly frozenKeys?: readonly string[];
  readonly transitions: Readonly<Record<string, StateMachineCase>>;
  readonly filters: Readonly<Record<string, readonly FilterOperator[]>>;
  /** References on the way to a filter's field, by its key; the field's own key is the end of that. */
  readonly followed: Readonly<Record<string, readonly LinkCase[]>>;
  readonly sorts: readonly string[];
  /** Keys that `search=` looks at. */
  readonly search: readonly string[];
  /** What `expand=` offers, by path. */
  readonly expansions: Readonly<Record<string, readonly LinkCase[]>>;
  /** Order of a list that asks for none, in the spelling of `sort=`. */
  readonly defaultSort: string;
  readonly pageSize: number;
  readonly maxPageSize: number;
}

/** Fields of a create body. */
export function creatable({ fields }: ResourceCase): readonly FieldCase[] {
  return fields.filter(({ readOnly }) => !readOnly);
}

/** Fields of a patch body. */
export function changeable({ fields }: ResourceCase): readonly FieldCase[] {
  return fields.filter(({ readOnly, immutable }) => !readOnly && !immutable);
}

/** Whether a create body without the field is refused. */
export function isRequired({ optional, many, readOnly, default: fallback, preset }: FieldCase): boolean {
  return !optional && !many && !readOnly && fallback === undefined && preset === undefined;
}

/** What a new row has in a field that its body leaves out. */
export function presetOf({ many, default: fallback, preset }: FieldCase): Json {
  return preset?.(BigInt(Date.now()) * 1000n) ?? fallback ?? (many ? [] : null);
}

/** Code of the refusal of null: the values of an enum are listed, and null is none of them. */
export function codeOfNull({ many, enum: values }: FieldCase): string {
  return values === undefined || many ? 'type' : 'enum';
}

/** The field of a key; @throws TypeError when a case contradicts itself. */
export function fieldOf({ name, fields }: ResourceCase, key: string): FieldCase {
  const field = fields.find((candidate) => candidate.key === key);
  if (field === undefined) throw new TypeError(`${name} has no field ${key}`);
  return field;
}

export function allows({ operations }: ResourceCase, operation: Operation): boolean {
  return operations.includes(operation);
}

/** Every field of the row that a create body makes. */
export function created({ fields }: ResourceCase, body: JsonObject): JsonObject {
  return Object.fromEntries(
    fields.map((field) => [field.key, Object.hasOwn(body, field.key) ? (body[field.key] ?? null) : presetOf(field)]),
  );
}
