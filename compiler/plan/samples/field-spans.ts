import type { Entity, Field, Literal } from '../../model/app.ts';
import type { Expression } from '../../expression/expression.ts';
import { fromInstant, instant } from '../../model/calendar.ts';
import { elementProblem } from '../../model/literal.ts';
import { leavesOf } from './field-orders.ts';

/** A check wants the time from one moment of a row to another within bounds, in microseconds. */
export interface FieldSpan {
  readonly low: Field;
  readonly high: Field;
  readonly least: bigint;
  readonly most: bigint;
}

const [NONE, ENDLESS] = [-(10n ** 18n), 10n ** 18n];

/** What checks such as `record.endsAt - record.startsAt <= duration('4h')` ask of the fields of one row. */
export function fieldSpans(entity: Entity): readonly FieldSpan[] {
  const found = new Map<string, FieldSpan>();
  for (const leaf of entity.checks.flatMap(({ expression }) => leavesOf(expression))) {
    const span = spanOf(entity, leaf);
    if (span === undefined) continue;
    const pair = `${span.low.key} ${span.high.key}`;
    const { least, most } = found.get(pair) ?? span;
    found.set(pair, {
      ...span,
      least: span.least > least ? span.least : least,
      most: span.most < most ? span.most : most,
    });
  }
  return [...found.values()];
}

function spanOf(entity: Entity, leaf: Expression): FieldSpan | undefined {
  if (leaf.kind !== 'order') return undefined;
  const span = betweenOf(entity, leaf.left, leaf.right);
  if (span === undefined) return undefined;
  const { low, high, time } = span;
  // `high - low < time` is one with `high < low + time`.
  return leaf.operator === '<' || leaf.operator === '<='
    ? { low, high, least: NONE, most: time }
    : { low, high, least: time, most: ENDLESS };
}

interface Between {
  readonly low: Field;
  readonly high: Field;
  readonly time: bigint;
}

function betweenOf(entity: Entity, left: Expression, right: Expression): Between | undefined {
  if (left.kind === 'elapsed') return between(fieldOf(entity, left.right), fieldOf(entity, left.left), timeOf(right));
  if (right.kind !== 'shift') return undefined;
  const time = timeOf(right.duration);
  const shifted = right.operator === '-' && time !== undefined ? -time : time;
  return between(fieldOf(entity, right.moment), fieldOf(entity, left), shifted);
}

function between(low: Field | undefined, high: Field | undefined, time: bigint | undefined): Between | undefined {
  return low === undefined || high === undefined || time === undefined ? undefined : { low, high, time };
}

function fieldOf({ fields }: Entity, expression: Expression): Field | undefined {
  if (expression.kind !== 'value' || expression.of.kind !== 'row') return undefined;
  const found = fields.find(({ column }) => column === expression.value.column);
  return found?.type === 'datetime' && found.computed === undefined ? found : undefined;
}

function timeOf(expression: Expression): bigint | undefined {
  return expression.kind === 'literal' && expression.type.kind === 'duration' ? BigInt(expression.value) : undefined;
}

/** Whether the two moments lie within the bounds; without one of them, nothing is asked. */
export function isWithin({ least, most }: FieldSpan, low: Literal, high: Literal): boolean {
  const [from, to] = [instant(String(low)), instant(String(high))];
  if (from === undefined || to === undefined) return true;
  return to - from > least && to - from < most;
}

const SECOND = 1_000_000n;
const DAY = 86_400n * SECOND;

/** A value of the later field in the middle of the bounds, in whole seconds if it can be, where the field may have that. */
export function spannedFrom({ high, least, most }: FieldSpan, low: Literal): Literal | undefined {
  const from = instant(String(low));
  if (from === undefined) return undefined;
  const lowest = least === NONE ? 0n : least;
  const middle = (lowest + (most === ENDLESS ? lowest + DAY : most)) / 2n;
  const value = fromInstant(from + ((middle / SECOND) * SECOND || middle));
  return elementProblem(high, value) === undefined ? value : undefined;
}
