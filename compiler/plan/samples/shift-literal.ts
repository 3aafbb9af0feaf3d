import type { Field, Literal } from '../../model/app.ts';
import { fromInstant, instant } from '../../model/calendar.ts';
import { DEFAULT_DECIMAL, fromUnits, toUnits } from '../../model/decimals.ts';

const DAY = 86_400_000_000n;
/** Places that numbers of all types are measured with. */
const PLACES = 20;
const ONE = 10n ** BigInt(PLACES);
const PLAIN = /^-?\d+(\.\d+)?$/;

/** The least by which a value moves, in what its type is measured in; undefined where the type has no measure. */
export function stepOf({ type, many }: Field): bigint | undefined {
  if (many) return undefined;
  if (type === 'date' || type === 'datetime') return DAY;
  return isNumeric(type) ? ONE : undefined;
}

export function isNumeric(type: Field['type']): boolean {
  return type === 'integer' || type === 'bigint' || type === 'decimal' || type === 'number';
}

/** How far a value lies from zero, or from 1970 in microseconds; undefined where it is none of its type's plain values. */
export function measure(field: Field, value: Literal): bigint | undefined {
  const text = String(value);
  if (field.type === 'date') return instant(`${text}T00:00:00Z`);
  if (field.type === 'datetime') return instant(text);
  return PLAIN.test(text) ? toUnits(text, PLACES, 'down') : undefined;
}

/** The value so many steps higher, spelled as the API gives it back. */
export function raiseLiteral(field: Field, value: Literal, by: bigint): Literal {
  const from = measure(field, value);
  if (by === 0n || from === undefined) return value;
  const whole = by / ONE;
  switch (field.type) {
    case 'date':
      return fromInstant(from + by).slice(0, 'yyyy-mm-dd'.length);
    case 'datetime':
      return fromInstant(from + by);
    case 'bigint':
      return String(BigInt(String(value)) + whole);
    case 'decimal': {
      const { scale = DEFAULT_DECIMAL.scale } = field.limits;
      return fromUnits(toUnits(String(value), scale, 'down') + whole * 10n ** BigInt(scale), scale);
    }
    default:
      return Number(value) + Number(whole);
  }
}
