import type { Column, Table } from '../../database/database-schema.ts';
import { quoteIdentifier } from '../../sql/sql-text.ts';
import { parseTypeName } from '../../sql/type-name.ts';
import { boundOf, subjectOf } from './implied-rules.ts';
import { WHOLE } from './readable-text.ts';
import type { TypeChange } from './type-change.ts';

/** A change of a number's type, which cannot fail where rules of the old column keep out what would. */
export function boundedChange(table: Table, old: Column, next: Column, change: TypeChange): TypeChange {
  if (change.kind !== 'rewrite' || change.fails === undefined || change.isDeclared === true) return change;
  const [had, wanted] = [rangeOf(old), rangeOf(next)];
  if (had === undefined || wanted === undefined) return change;
  const bounds = table.constraints.flatMap((rule) => {
    const bound = rule.kind === 'check' ? boundOf(rule.expression) : undefined;
    return bound === undefined || bound.subject !== subjectOf(quoteIdentifier(old.name)) ? [] : [bound];
  });
  const of = (sign: string): readonly number[] =>
    bounds.flatMap(({ operator, limit }) => (operator.startsWith(sign) ? [limit] : []));
  const [low, high] = [Math.max(had[0], ...of('>')), Math.min(had[1], ...of('<'))];
  if (low < wanted[0] || high > wanted[1]) return change;
  const { fails: _, ...rest } = change;
  return rest;
}

/** The least and the greatest whole number that a column can hold; undefined for what holds no numbers. */
function rangeOf({ type }: Column): readonly [number, number] | undefined {
  if (type.array === true || type.enum === true) return undefined;
  const { base, modifiers } = parseTypeName(type.name);
  const whole = WHOLE[base];
  if (whole !== undefined) return [Number(whole[0]), Number(whole[1])];
  if (base === 'real' || base === 'double precision') return [-Infinity, Infinity];
  if (base !== 'numeric') return undefined;
  const [precision, scale = 0] = modifiers;
  // Whatever is at most this is not rounded to more digits.
  const most = precision === undefined ? Infinity : 10 ** (precision - scale) - 1;
  return [-most, most];
}
