import type { Entity, Field, Literal, NoOverlap } from '../model/app.ts';
import { instant } from '../model/calendar.ts';
import { canonicalLiteral } from '../model/canonical-literal.ts';
import { compareDecimals } from '../model/decimals.ts';
import { fieldTypes } from '../model/field-types.ts';
import { elementProblem } from '../model/literal.ts';

/** From where to where. */
export type RangeSample = readonly [from: Literal, to: Literal];

/** Most ranges that examples and tests need. */
const MOST_RANGES = 3;

/** Ranges that follow each other without a gap where the limits of both fields allow it, the earliest first. */
export function rangeSamples(entity: Entity, rule: NoOverlap): readonly RangeSample[] {
  const [from, to] = [rule.from, rule.to].map((name) => entity.fields.find((field) => field.name === name));
  if (from === undefined || to === undefined) return [];
  const starts = ascendingValues(from);
  const ends = ascendingValues(to);
  const found: RangeSample[] = [];
  let reached: Literal | undefined;
  while (found.length < MOST_RANGES) {
    const start = starts.find((value) => reached === undefined || compareValues(from, value, reached) >= 0);
    const end = start === undefined ? undefined : ends.find((value) => compareValues(from, value, start) > 0);
    if (start === undefined || end === undefined) return found;
    found.push([start, end]);
    reached = end;
  }
  return found;
}

/** Valid values of a field, ascending. */
export function ascendingValues(field: Field): readonly Literal[] {
  const own = field.example === undefined ? [] : [field.example];
  const valid = [...own, ...fieldTypes[field.type].candidates(field)]
    .filter((value) => elementProblem(field, value) === undefined)
    .map((value) => canonicalLiteral(field, value));
  return valid.toSorted((left, right) => compareValues(field, left, right));
}

/** Of values of one type as the API gives them back: below, above or at zero. */
export function compareValues({ type }: Field, left: Literal, right: Literal): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [a, b] = [String(left), String(right)];
  switch (type) {
    case 'bigint':
      return order(BigInt(a), BigInt(b));
    case 'decimal':
      return compareDecimals(a, b);
    case 'datetime':
      return order(instant(a) ?? 0n, instant(b) ?? 0n);
    default:
      return order(a, b);
  }
}

function order<Value extends bigint | string>(left: Value, right: Value): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
