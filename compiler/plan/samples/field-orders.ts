import type { App, Entity, Field } from '../../model/app.ts';
import type { Expression, Order } from '../../expression/expression.ts';
import { walkExpression } from '../../expression/walk-expression.ts';
import { columnsRead } from '../expression/columns-read.ts';
import { isNumeric } from './shift-literal.ts';

/** A field of an entity. */
export interface OwnedField {
  readonly entity: Entity;
  readonly field: Field;
}

/** A check wants one field to hold less than the other, or as much. */
export interface FieldOrder {
  readonly low: OwnedField;
  readonly high: OwnedField;
  /** Both are of one row. */
  readonly isOwn: boolean;
}

/** What the checks of an app compare. */
export interface FieldOrders {
  readonly orders: readonly FieldOrder[];
  /** Fields of which more is asked than an order, so that other values might not do. */
  readonly held: ReadonlySet<Field>;
}

/** The orders that checks set between fields of a row, and between those and fields of the rows that it refers to. */
export function fieldOrders(app: App): FieldOrders {
  const leaves = app.entities.flatMap((entity) =>
    entity.checks.flatMap(({ expression, reads }) =>
      leavesOf(expression).map((leaf) => ({ entity, leaf, reads, order: orderOf(app, leaf) })),
    ),
  );
  const orders = leaves.flatMap(({ order }) => order ?? []);
  const unclear = leaves.filter(
    ({ leaf, reads, order }) => order === undefined && reads === 'row' && !asksForNull(leaf),
  );
  const held = [
    ...unclear.flatMap(({ entity, leaf }) => ownFields(entity, leaf)),
    ...app.entities.flatMap((entity) =>
      entity.frozen === undefined ? [] : ownFields(entity, entity.frozen.expression),
    ),
    ...computedFrom(app),
  ];
  return { orders, held: new Set(held) };
}

/** Of them those that the checks of an entity set between its own fields. */
export function ownOrders(entity: Entity): readonly FieldOrder[] {
  const leaves = entity.checks.flatMap(({ expression }) => leavesOf(expression));
  return leaves.flatMap((leaf) => orderOf({ entities: [entity] }, leaf) ?? []).filter(({ isOwn }) => isOwn);
}

/** Ranges end after they begin. */
export function rangeOrders(entity: Entity): readonly FieldOrder[] {
  return entity.noOverlaps.flatMap((rule) => {
    const [low, high] = [rule.from, rule.to].map((name) => entity.fields.find((field) => field.name === name));
    if (low === undefined || high === undefined) return [];
    return [{ low: { entity, field: low }, high: { entity, field: high }, isOwn: true }];
  });
}

/** Conditions that `&&` and `||` join: a row that meets all of them meets the whole. */
export function leavesOf(expression: Expression): readonly Expression[] {
  if (expression.kind === 'and' || expression.kind === 'or')
    return [...leavesOf(expression.left), ...leavesOf(expression.right)];
  return [expression];
}

function orderOf(app: Pick<App, 'entities'>, expression: Expression): FieldOrder | undefined {
  if (expression.kind !== 'order') return undefined;
  const [left, right] = [fieldAt(app, expression.left), fieldAt(app, expression.right)];
  if (left === undefined || right === undefined) return undefined;
  const isOwn = isOfRecord(expression.left) && isOfRecord(expression.right);
  return isAscending(expression) ? { low: left, high: right, isOwn } : { low: right, high: left, isOwn };
}

function isAscending({ operator }: Order): boolean {
  return operator === '<' || operator === '<=';
}

/** The field that a path over references leads to, which nothing computes. */
function fieldAt(app: Pick<App, 'entities'>, expression: Expression): OwnedField | undefined {
  if (expression.kind !== 'value') return undefined;
  const name = ownerOf(expression.of);
  const entity = app.entities.find((candidate) => candidate.name === name);
  const field = entity?.fields.find(({ column }) => column === expression.value.column);
  const isGiven = field !== undefined && field.computed === undefined && !field.sequence;
  return entity === undefined || !isGiven ? undefined : { entity, field };
}

function ownerOf(expression: Expression): string | undefined {
  if (expression.kind === 'row') return expression.entity;
  return expression.kind === 'link' && ownerOf(expression.of) !== undefined ? expression.entity : undefined;
}

function isOfRecord(expression: Expression): boolean {
  return expression.kind === 'value' && expression.of.kind === 'row';
}

function asksForNull(expression: Expression): boolean {
  return expression.kind === 'equal' && [expression.left, expression.right].some(({ kind }) => kind === 'null');
}

function ownFields({ fields }: Entity, expression: Expression): readonly Field[] {
  const read = columnsRead(expression);
  return fields.filter(({ column }) => read.includes(column));
}

/** Numbers that others are made of: greater ones might make too much. */
export function computedFrom(app: App): readonly Field[] {
  const computed = app.entities.flatMap(({ fields }) => fields.flatMap((field) => field.computed?.expression ?? []));
  return computed
    .flatMap((expression) => [...walkExpression(expression)])
    .flatMap((part) => fieldAt(app, part)?.field ?? [])
    .filter(({ type }) => isNumeric(type));
}
