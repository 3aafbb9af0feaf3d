import type { App, Condition, Entity } from '../../model/app.ts';
import type { Aggregate, AggregateName, Expression, Size } from '../../expression/expression.ts';
import { needsClock, readsRows } from '../../model/expressions/expression-place.ts';
import { walkExpression } from '../../expression/walk-expression.ts';

/** What checks ask of a row that links lead to, as conditions over that row alone: `!record.retired` for `!record.berth.retired`. */
export function linkWishes(app: App, entity: Entity): readonly Condition[] {
  return app.entities
    .flatMap(({ checks }) => checks)
    .flatMap(({ text, expression: whole }) =>
      wishesIn(whole)
        .filter(({ path, owner }) => path !== RECORD && owner === entity.name)
        .map(({ expression }) => ({ text, expression })),
    );
}

/** What checks that look at other rows ask of a row to which none links yet: `0 >= record.need` for `size(record.tasks) >= record.need`. */
export function loneWishes({ checks }: Entity): readonly Condition[] {
  return checks
    .filter(({ reads }) => reads === 'others')
    .flatMap(({ text, expression: whole }) =>
      // Where a link would do as well, the row is left as it is.
      conjuncts(whole)
        .flatMap((part) => atEnd(part) ?? [])
        .filter(({ path }) => path === RECORD)
        .map(({ expression }) => ({ text, expression })),
    );
}

function conjuncts(expression: Expression): readonly Expression[] {
  return expression.kind === 'and' ? [...conjuncts(expression.left), ...conjuncts(expression.right)] : [expression];
}

/** The path of the row itself. */
const RECORD = 'record';

/** A condition over the row at the end of one path of links, or over the row itself. */
interface Wish {
  /** The path; empty where nothing of a row is read. */
  readonly path: string;
  readonly owner: string;
  /** The same with that row as the record. */
  readonly expression: Expression;
}

/** Either side of `&&` and `||` may be about another row: rows that meet all of them meet the whole. */
function wishesIn(expression: Expression): readonly Wish[] {
  const whole = atEnd(expression);
  if (whole !== undefined) return whole.path === '' ? [] : [whole];
  return expression.kind === 'and' || expression.kind === 'or'
    ? [...wishesIn(expression.left), ...wishesIn(expression.right)]
    : [];
}

function atEnd(expression: Expression): Wish | undefined {
  switch (expression.kind) {
    case 'literal':
    case 'null':
    case 'items':
      return { path: '', owner: '', expression };
    case 'value':
    case 'link':
      return endOf(expression.of, (of) => ({ ...expression, of }));
    case 'rule':
      return [...walkExpression(expression.condition)].some((part) => readsRows(part) || needsClock(part))
        ? undefined
        : endOf(expression.of, () => expression.condition);
    case 'not': {
      const operand = atEnd(expression.operand);
      return operand && { ...operand, expression: { ...expression, operand: operand.expression } };
    }
    case 'size':
    case 'aggregate':
      return ofNone(expression);
    case 'and':
    case 'or':
    case 'equal':
    case 'order':
    case 'arithmetic':
      return together(expression.left, expression.right, (left, right) => ({ ...expression, left, right }));
    case 'in':
      return together(expression.item, expression.list, (item, list) => ({ ...expression, item, list }));
    default:
      return undefined;
  }
}

/** What a list of rows comes to while none links to the record. */
function ofNone(expression: Size | Aggregate): Wish | undefined {
  const list = expression.kind === 'size' ? expression.of : expression.list;
  if (list.kind !== 'children' || list.list.via.kind === 'ids' || pathOf(list.of) !== RECORD) return undefined;
  const { type, start, end } = expression;
  const value = expression.kind === 'size' ? '0' : OF_NONE[expression.name];
  const none = value === null ? ({ kind: 'null', type, nullable: true, start, end } as const) : undefined;
  return {
    path: '',
    owner: '',
    expression: none ?? { kind: 'literal', type, nullable: false, start, end, value: value ?? '' },
  };
}

const OF_NONE: Readonly<Record<AggregateName, string | null>> = {
  exists: 'false',
  all: 'true',
  count: '0',
  sum: '0',
  min: null,
  max: null,
};

/** What is read of the row that a path of links leads to. */
function endOf(of: Expression, read: (record: Expression) => Expression): Wish | undefined {
  const path = pathOf(of);
  if (path === undefined || (of.kind !== 'link' && of.kind !== 'row')) return undefined;
  const { type, start, end, entity } = of;
  return {
    path,
    owner: entity,
    expression: read({ kind: 'row', type, nullable: false, start, end, name: 'record', entity }),
  };
}

function pathOf(expression: Expression): string | undefined {
  if (expression.kind === 'row') return expression.name === RECORD ? RECORD : undefined;
  const before = expression.kind === 'link' ? pathOf(expression.of) : undefined;
  return expression.kind === 'link' && before !== undefined ? `${before}.${expression.link.name}` : undefined;
}

/** Both, if they read one row. */
function together(
  left: Expression,
  right: Expression,
  join: (left: Expression, right: Expression) => Expression,
): Wish | undefined {
  const [one, other] = [atEnd(left), atEnd(right)];
  if (one === undefined || other === undefined) return undefined;
  const isOne = one.path === other.path || one.path === '' || other.path === '';
  const { path, owner } = one.path === '' ? other : one;
  return isOne ? { path, owner, expression: join(one.expression, other.expression) } : undefined;
}
