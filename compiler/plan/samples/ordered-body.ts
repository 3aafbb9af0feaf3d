import type { Entity, Literal } from '../../model/app.ts';
import { ascendingValues, compareValues } from '../range-samples.ts';
import { ownOrders, type FieldOrder, type OwnedField } from './field-orders.ts';

type Body = Readonly<Record<string, Literal>>;

/** A body whose values lie in the order that checks such as `record.startsAt < record.endsAt` ask for, where there are such values. */
export function orderedBody(entity: Entity, body: Body): Body {
  const orders = ownOrders(entity).filter(
    ({ low, high }) => low.field.type === high.field.type && isGiven(body, low) && isGiven(body, high),
  );
  if (orders.every((order) => isMet(body, order))) return body;
  const fields = orders.flatMap(({ low, high }) => [low.field, high.field]);
  let ordered: Body = {
    ...body,
    ...Object.fromEntries(fields.map((field) => [field.key, ascendingValues(field)[0] ?? null])),
  };
  // One that is raised may raise another one, which has no end in a circle.
  for (let round = 0; round < orders.length; round += 1) ordered = orders.reduce(raised, ordered);
  return orders.every((order) => isMet(ordered, order)) ? ordered : body;
}

function isGiven(body: Body, { field }: OwnedField): boolean {
  return (body[field.key] ?? null) !== null;
}

function isMet(body: Body, { low: { field: low }, high: { field: high } }: FieldOrder): boolean {
  return compareValues(low, body[low.key] ?? null, body[high.key] ?? null) < 0;
}

function raised(body: Body, order: FieldOrder): Body {
  if (isMet(body, order)) return body;
  const { low, high } = order;
  const from = body[low.field.key] ?? null;
  const above = ascendingValues(high.field).find((value) => compareValues(low.field, value, from) > 0);
  return above === undefined ? body : { ...body, [high.field.key]: above };
}
