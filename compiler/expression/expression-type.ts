/** What an expression yields. `integer` is any whole number and `decimal` any exact one: neither overflows. */
export type ExpressionType =
  | { readonly kind: ScalarKind }
  /** A closed set of words, in their order; `name` is the SQL type. */
  | { readonly kind: 'enum'; readonly name: string; readonly values: readonly string[] }
  /** The id of a row of that entity; of any, where it is absent. */
  | { readonly kind: 'id'; readonly entity?: string; readonly storage: IdStorage }
  | { readonly kind: 'entity'; readonly entity: string }
  /** A `many` field, or the rows that point to one. */
  | { readonly kind: 'list'; readonly of: ExpressionType };

export type ScalarKind =
  | 'boolean'
  | 'integer'
  | 'decimal'
  | 'number'
  | 'text'
  /** Text that is compared without regard to case. */
  | 'email'
  | 'timeZone'
  | 'date'
  | 'time'
  | 'datetime'
  | 'duration'
  | 'json'
  | 'null';

/** How ids are kept. */
export type IdStorage = 'uuid' | 'bigint' | 'text';

const NOUNS: Readonly<Record<ScalarKind, string>> = {
  boolean: 'a condition',
  integer: 'a whole number',
  decimal: 'a decimal',
  number: 'a number of type "number"',
  text: 'a text',
  email: 'an e-mail address',
  timeZone: 'a time zone',
  date: 'a date',
  time: 'a time of day',
  datetime: 'a moment',
  duration: 'a duration',
  json: 'JSON',
  null: 'null',
};

/** The type with its article, for messages. */
export function describeType(type: ExpressionType): string {
  switch (type.kind) {
    case 'enum':
      return `a word of ${type.name}`;
    case 'id':
      return type.entity === undefined ? 'an id' : `the id of ${withArticle(type.entity)}`;
    case 'entity':
      return withArticle(type.entity);
    case 'list':
      return `a list of ${plural(type.of)}`;
    default:
      return NOUNS[type.kind];
  }
}

function plural(type: ExpressionType): string {
  return type.kind === 'entity' ? `${type.entity} rows` : 'values';
}

function withArticle(entity: string): string {
  return `${/^[AEIOU]/.test(entity) ? 'an' : 'a'} ${entity}`;
}

const EXACT: readonly ExpressionType['kind'][] = ['integer', 'decimal'];
const NUMERIC: readonly ExpressionType['kind'][] = [...EXACT, 'number'];
const TEXTUAL: readonly ExpressionType['kind'][] = ['text', 'email', 'timeZone'];
const ORDERED: readonly ExpressionType['kind'][] = [
  ...NUMERIC,
  ...TEXTUAL,
  'enum',
  'date',
  'time',
  'datetime',
  'duration',
];

/** Whether arithmetic with it is exact. */
export function isExact({ kind }: ExpressionType): boolean {
  return EXACT.includes(kind);
}

/** Whether it is text of any kind. */
export function isTextual({ kind }: ExpressionType): boolean {
  return TEXTUAL.includes(kind);
}

/** Whether `<` means something. */
export function isOrdered({ kind }: ExpressionType): boolean {
  return ORDERED.includes(kind);
}

/** Whether values of the two can be compared with each other. */
export function isComparable(left: ExpressionType, right: ExpressionType): boolean {
  if (left.kind === 'null' || right.kind === 'null') return true;
  if (NUMERIC.includes(left.kind)) return NUMERIC.includes(right.kind);
  if (TEXTUAL.includes(left.kind)) return TEXTUAL.includes(right.kind);
  if (left.kind === 'enum') return right.kind === 'enum' && left.name === right.name;
  if (left.kind === 'id')
    return right.kind === 'id' && left.storage === right.storage && isSameOrAny(left.entity, right.entity);
  if (left.kind === 'entity') return right.kind === 'entity' && left.entity === right.entity;
  return left.kind === right.kind && left.kind !== 'list' && left.kind !== 'json';
}

function isSameOrAny(left: string | undefined, right: string | undefined): boolean {
  return left === undefined || right === undefined || left === right;
}

/** The type that holds the values of both; undefined where there is none. */
export function commonType(left: ExpressionType, right: ExpressionType): ExpressionType | undefined {
  if (left.kind === 'null') return right;
  if (right.kind === 'null') return left;
  if (!isComparable(left, right)) return undefined;
  if (left.kind === 'number' || right.kind === 'number') return { kind: 'number' };
  if (left.kind === 'decimal' || right.kind === 'decimal') return { kind: 'decimal' };
  return left.kind === right.kind ? left : isTextual(left) ? { kind: 'text' } : left;
}
