import type { Entity, Field, Literal } from '../../model/app.ts';
import { canonicalLiteral } from '../../model/canonical-literal.ts';
import { elementProblem } from '../../model/literal.ts';
import { ascendingValues, compareValues } from '../range-samples.ts';
import { ownOrders, rangeOrders, type FieldOrder } from './field-orders.ts';
import { fieldSpans, isWithin, spannedFrom, type FieldSpan } from './field-spans.ts';
import { raiseLiteral, stepOf } from './shift-literal.ts';

type Body = Readonly<Record<string, Literal>>;

/**
 * A body whose values lie in the order that ranges and checks such as `record.startsAt < record.endsAt` ask for, and as
 * far apart, where such values are found; those of fields that nothing which is not met concerns stay.
 */
export function orderedBody(entity: Entity, body: Body): Body {
  const orders = [...rangeOrders(entity), ...ownOrders(entity)].filter(
    ({ low, high }) => low.field.type === high.field.type && isGiven(body, low.field) && isGiven(body, high.field),
  );
  const ordered = inOrder(orders, body);
  const spans = fieldSpans(entity).filter(({ low, high }) => isGiven(body, low) && isGiven(body, high));
  const spanned = spans.reduce(within, ordered);
  const isKept = orders.every((order) => isMet(spanned, order) || !isMet(ordered, order));
  return isKept && spans.every((span) => isSpanned(spanned, span)) ? spanned : ordered;
}

function isSpanned(body: Body, span: FieldSpan): boolean {
  return isWithin(span, body[span.low.key] ?? null, body[span.high.key] ?? null);
}

function within(body: Body, span: FieldSpan): Body {
  if (isSpanned(body, span)) return body;
  const value = spannedFrom(span, body[span.low.key] ?? null);
  return value === undefined ? body : { ...body, [span.high.key]: value };
}

function inOrder(orders: readonly FieldOrder[], body: Body): Body {
  const moved = tiedTo(
    orders.filter((order) => !isMet(body, order)),
    orders,
  );
  if (moved.length === 0) return body;
  const fields = moved.flatMap(({ low, high }) => [low.field, high.field]);
  let ordered: Body = {
    ...body,
    ...Object.fromEntries(fields.map((field) => [field.key, ascendingValues(field)[0] ?? null])),
  };
  // One that is raised may raise another one, which has no end in a circle.
  for (let round = 0; round < moved.length; round += 1) ordered = moved.reduce(raised, ordered);
  return moved.every((order) => isMet(ordered, order)) ? ordered : body;
}

/** Some orders, and those that share a field with one of them, in however many steps. */
function tiedTo(some: readonly FieldOrder[], all: readonly FieldOrder[]): readonly FieldOrder[] {
  const fields = new Set(some.flatMap(({ low, high }) => [low.field, high.field]));
  const tied = all.filter(({ low, high }) => fields.has(low.field) || fields.has(high.field));
  return tied.length === some.length ? some : tiedTo(tied, all);
}

function isGiven(body: Body, field: Field): boolean {
  return (body[field.key] ?? null) !== null;
}

function isMet(body: Body, { low: { field: low }, high: { field: high } }: FieldOrder): boolean {
  return compareValues(low, body[low.key] ?? null, body[high.key] ?? null) < 0;
}

function raised(body: Body, order: FieldOrder): Body {
  if (isMet(body, order)) return body;
  const { low, high } = order;
  const from = body[low.field.key] ?? null;
  const values = [...ascendingValues(high.field), ...oneAbove(high.field, from)];
  const above = values.find((value) => compareValues(low.field, value, from) > 0);
  return above === undefined ? body : { ...body, [high.field.key]: above };
}

/** The next value of a field after one of its type, if it may have that. */
function oneAbove(field: Field, from: Literal): readonly Literal[] {
  const step = stepOf(field);
  if (step === undefined || from === null) return [];
  const above = raiseLiteral(field, from, step);
  return elementProblem(field, above) === undefined ? [canonicalLiteral(field, above)] : [];
}
