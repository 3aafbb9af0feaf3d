import type { FieldCase, Json } from './resource-case.ts';

/** What decides the order of a field's values. */
export type Ordered = Pick<FieldCase, 'type' | 'enum'>;

/** Moments, as every row has two of them. */
export const INSTANT: Ordered = { type: 'datetime' };

/** Order of two values that are not null: negative, zero or positive. */
export function compareValues(field: Ordered, left: Json, right: Json): number {
  const [one, other] = [sortable(field, left), sortable(field, right)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Whether the API takes two values for the same. */
export function isSame(field: Ordered, left: Json, right: Json): boolean {
  if (left === null || right === null) return left === right;
  return compareValues(field, left, right) === 0;
}

function sortable({ type, enum: values = [] }: Ordered, value: Json): number | bigint | string {
  const text = String(value);
  switch (type) {
    case 'integer':
    case 'number':
    case 'boolean':
      return Number(value);
    case 'bigint':
      return BigInt(text);
    case 'decimal':
      return scaled(text);
    case 'enum':
      return values.indexOf(text);
    case 'datetime':
      return text.replace('Z', '');
    case 'email':
      return text.toLowerCase();
    default:
      return text;
  }
}

/** Enough places for every decimal the spec language allows. */
const PLACES = 1000;

function scaled(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(PLACES, '0'));
}
