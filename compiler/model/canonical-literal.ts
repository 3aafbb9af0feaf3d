import type { Literal } from './app.ts';
import { fromInstant, instant, shortenTime } from './calendar.ts';
import { DEFAULT_DECIMAL, fromUnits, toUnits } from './decimals.ts';
import { linkedIds } from './linked-ids.ts';
import type { ValueRules } from './literal.ts';

/** A valid value of the field as the API gives it back: one spelling of each value. */
export function canonicalLiteral(field: ValueRules, literal: Literal): Literal {
  if (field.many && Array.isArray(literal)) return literal.map((item: Literal) => canonicalElement(field, item));
  return canonicalElement(field, literal);
}

function canonicalElement(field: ValueRules, literal: Literal): Literal {
  const { type, limits } = field;
  if (typeof literal === 'number') return type === 'json' ? literal : literal + 0;
  if (typeof literal !== 'string') return literal;
  switch (type) {
    case 'decimal': {
      const { scale = DEFAULT_DECIMAL.scale } = limits;
      return fromUnits(toUnits(literal, scale, 'down'), scale);
    }
    case 'bigint':
      return BigInt(literal).toString();
    case 'time':
      return shortenTime(literal);
    case 'datetime': {
      const moment = instant(literal);
      return moment === undefined ? literal : fromInstant(moment);
    }
    case 'uuid':
      return literal.toLowerCase();
    case 'reference':
    case 'references':
      return linkedIds(field) === 'uuid' ? literal.toLowerCase() : literal;
    default:
      return literal;
  }
}
