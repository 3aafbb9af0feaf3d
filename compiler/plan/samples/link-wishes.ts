import type { App, Condition, Entity } from '../../model/app.ts';
import type { AggregateName, Expression, Row } from '../../expression/expression.ts';
import type { LinkShape } from '../../expression/scope.ts';
import { mapParts } from '../../expression/map-parts.ts';
import { needsClock, readsRows } from '../../model/expressions/expression-place.ts';
import { walkExpression } from '../../expression/walk-expression.ts';

/** What a check asks of a row that a link leads to. */
export interface LinkWish extends Condition {
  /** The entity that has the link, and the key of that: `Review.ticketId`. */
  readonly by: string;
}

/** What checks ask of a row that links lead to, as conditions over that row alone: `!record.retired` for `!record.berth.retired`. */
export function linkWishes(app: App, entity: Entity): readonly LinkWish[] {
  const known = wishesOfApp.get(app) ?? gather(app);
  wishesOfApp.set(app, known);
  return known.get(entity.name) ?? [];
}

/** By the entity that is asked, gathered once for all. */
const wishesOfApp = new WeakMap<App, ReadonlyMap<string, readonly LinkWish[]>>();

function gather(app: App): ReadonlyMap<string, readonly LinkWish[]> {
  const all = app.entities
    .flatMap(({ checks }) => checks)
    .flatMap(({ text, expression: whole }) =>
      wishesIn(whole).flatMap(({ end: { row, from }, expression }) =>
        from === undefined ? [] : [{ asked: row.entity, wish: { text, expression, by: keyOf(app, from) } }],
      ),
    );
  return new Map([...Map.groupBy(all, ({ asked }) => asked)].map(([asked, of]) => [asked, of.map(({ wish }) => wish)]));
}

function keyOf({ entities }: App, { entity, link }: LastLink): string {
  const from = entities.find(({ name }) => name === entity);
  const field = from?.fields.find(({ column }) => column === link.column);
  return `${entity}.${field?.key ?? link.name}`;
}

/** What checks that look at other rows ask of a row to which none links yet: `0 >= record.need` for `size(record.tasks) >= record.need`. */
export function loneWishes({ checks }: Entity): readonly Condition[] {
  return checks
    .filter(({ reads }) => reads === 'others')
    .flatMap(({ text, expression: whole }) =>
      // Where a link would do as well, the row is left as it is.
      conjuncts(whole)
        .flatMap((part) => wishOf(part) ?? [])
        .filter(({ end }) => end.from === undefined)
        .map(({ expression }) => ({ text, expression })),
    );
}

function conjuncts(expression: Expression): readonly Expression[] {
  return expression.kind === 'and' ? [...conjuncts(expression.left), ...conjuncts(expression.right)] : [expression];
}

interface LastLink {
  readonly entity: string;
  readonly link: LinkShape;
}

/** Where a path of links ends. */
interface End {
  readonly path: string;
  /** The row there, as the record. */
  readonly row: Row;
  /** The last link, and the row that has it; none where the path is the record itself. */
  readonly from: LastLink | undefined;
}

/** A condition over the row at one end, as the record. */
interface Wish {
  readonly end: End;
  readonly expression: Expression;
}

/** Either side of `&&` and `||` may be about another row: rows that meet all of them meet the whole. */
function wishesIn(expression: Expression): readonly Wish[] {
  const whole = wishOf(expression);
  if (whole !== undefined) return [whole];
  return expression.kind === 'and' || expression.kind === 'or'
    ? [...wishesIn(expression.left), ...wishesIn(expression.right)]
    : [];
}

/** The condition, if it reads one row and no more. */
function wishOf(condition: Expression): Wish | undefined {
  const ends = new Map<string, End>();
  const expression = atEnds(condition, ends);
  const [end, ...others] = ends.values();
  if (end === undefined || others.length > 0) return undefined;
  const isOwn = [...walkExpression(expression)].every((part) => !readsRows(part) && !needsClock(part));
  return isOwn ? { end, expression } : undefined;
}

/** The same, with the row at each of its `ends` as the record. */
function atEnds(expression: Expression, ends: Map<string, End>): Expression {
  const none = ofNone(expression);
  if (none !== undefined) return none;
  const end = endRead(expression);
  if (end === undefined) return mapParts(expression, (part) => atEnds(part, ends));
  ends.set(end.path, end);
  return mapParts(expression, () => end.row);
}

function endRead(expression: Expression): End | undefined {
  switch (expression.kind) {
    case 'row':
      return endOf(expression);
    case 'value':
    case 'link':
    case 'rule':
      return endOf(expression.of);
    default:
      return undefined;
  }
}

function endOf(expression: Expression): End | undefined {
  if (expression.kind === 'row')
    return expression.name === RECORD ? { path: RECORD, row: expression, from: undefined } : undefined;
  const before = expression.kind === 'link' ? endOf(expression.of) : undefined;
  if (expression.kind !== 'link' || before === undefined) return undefined;
  const { type, start, end, entity, link } = expression;
  return {
    path: `${before.path}.${link.name}`,
    row: { kind: 'row', type, nullable: false, start, end, name: RECORD, entity },
    from: { entity: before.row.entity, link },
  };
}

/** The path of the row itself. */
const RECORD = 'record';

/** What a list of rows comes to while none links to the record. */
function ofNone(expression: Expression): Expression | undefined {
  if (expression.kind !== 'size' && expression.kind !== 'aggregate') return undefined;
  const list = expression.kind === 'size' ? expression.of : expression.list;
  if (list.kind !== 'children' || list.list.via.kind === 'ids' || endOf(list.of)?.path !== RECORD) return undefined;
  const { type, start, end } = expression;
  const value = expression.kind === 'size' ? '0' : OF_NONE[expression.name];
  return value === null
    ? { kind: 'null', type, nullable: true, start, end }
    : { kind: 'literal', type, nullable: false, start, end, value };
}

const OF_NONE: Readonly<Record<AggregateName, string | null>> = {
  exists: 'false',
  all: 'true',
  count: '0',
  sum: '0',
  min: null,
  max: null,
};
