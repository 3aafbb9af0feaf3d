import { canonicalExpression, literalCast } from './canonical-expression.ts';
import { parseTypeName } from './type-name.ts';

/** Whether two expressions, of which either may be absent, are the same to Postgres. */
export function sameExpression(a: string | undefined, b: string | undefined): boolean {
  if (a === b) return true;
  return a !== undefined && b !== undefined && canonicalExpression(a) === canonicalExpression(b);
}

/** Whether two defaults of a column of this type are the same value: `0` and `'0'::numeric` are. */
export function sameDefault(a: string | undefined, b: string | undefined, type: string): boolean {
  if (a === b) return true;
  return a !== undefined && b !== undefined && canonicalDefault(a, type) === canonicalDefault(b, type);
}

function canonicalDefault(text: string, type: string): string {
  const cast = literalCast(text);
  const { base } = parseTypeName(type);
  const isOwn = cast !== undefined && parseTypeName(cast.type).base === base;
  const plain = isOwn ? cast.literal : canonicalExpression(text);
  const inner = /^'((?:[^']|'')*)'$/.exec(plain)?.[1];
  if (NUMBERS.includes(base)) return canonicalNumber(inner ?? plain);
  if (base === 'boolean') return BOOLEANS[(inner ?? plain).toLowerCase()] ?? plain;
  return plain;
}

const NUMBERS: readonly string[] = ['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision'];

function canonicalNumber(text: string): string {
  const match = /^([-+]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(text.trim());
  if (match === null) return text;
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = `${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
  return sign === '-' && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

const BOOLEANS: Readonly<Record<string, string>> = {
  t: 'true',
  true: 'true',
  yes: 'true',
  y: 'true',
  on: 'true',
  '1': 'true',
  f: 'false',
  false: 'false',
  no: 'false',
  n: 'false',
  off: 'false',
  '0': 'false',
};
