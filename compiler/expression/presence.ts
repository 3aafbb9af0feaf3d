import type { Arithmetic, Choice, Expression, Literal, Order, OrderOperator } from './expression.ts';
import { isTextual } from './expression-type.ts';
import { partsOf } from './walk-expression.ts';

/** What is sure of expressions, by key: that they are there, or that they are not zero if they are. */
type Known = readonly string[];

/** Whether a choice yields no value where its condition alone tells which parts of its sides are there. */
export function choiceMayBeAbsent(
  { condition, met, otherwise }: Pick<Choice, 'condition' | 'met' | 'otherwise'>,
  known: Known = [],
): boolean {
  return (
    mayBeAbsent(met, [...known, ...knownWhere(condition, true)]) ||
    mayBeAbsent(otherwise, [...known, ...knownWhere(condition, false)])
  );
}

/** Whether a quotient has no value although both operands have one. */
export function mayDivideByZero({ operator, right }: Pick<Arithmetic, 'operator' | 'right'>): boolean {
  const divides = operator === '/' || operator === '%';
  return divides && !(isNumber(right) && Number(right.value) !== 0);
}

function mayBeAbsent(expression: Expression, known: Known): boolean {
  if (!expression.nullable || known.includes(keyOf(expression))) return false;
  switch (expression.kind) {
    case 'value':
      return expression.value.nullable || mayBeAbsent(expression.of, known);
    case 'link':
      return expression.link.nullable || mayBeAbsent(expression.of, known);
    case 'choice':
      return choiceMayBeAbsent(expression, known);
    case 'arithmetic':
      return (
        (mayDivideByZero(expression) && !known.includes(notZero(expression.right))) ||
        partsOf(expression).some((part) => mayBeAbsent(part, known))
      );
    default:
      return !isStrict(expression) || partsOf(expression).some((part) => mayBeAbsent(part, known));
  }
}

const STRICT: readonly Expression['kind'][] = [
  'negate',
  'arithmetic',
  'round',
  'concat',
  'shift',
  'elapsed',
  'lower',
  'today',
  'at',
];

/** Whether it is absent as soon as one of its parts is. */
function isStrict(expression: Expression): boolean {
  return STRICT.includes(expression.kind) || (expression.kind === 'size' && isTextual(expression.of.type));
}

/** What is sure where a condition turns out so. */
function knownWhere(condition: Expression, isMet: boolean): Known {
  switch (condition.kind) {
    case 'not':
      return knownWhere(condition.operand, !isMet);
    case 'and':
    case 'or': {
      const [left, right] = [knownWhere(condition.left, isMet), knownWhere(condition.right, isMet)];
      return isMet === (condition.kind === 'and') ? [...left, ...right] : left.filter((key) => right.includes(key));
    }
    case 'equal': {
      const { left, right, negated } = condition;
      // Null equals null: who equals what is always there is there, and who differs from null.
      const isTold = (other: Expression): boolean => (isMet === negated ? other.kind === 'null' : !other.nullable);
      const there = keysOf([...(isTold(right) ? [left] : []), ...(isTold(left) ? [right] : [])]);
      return [...there, ...notZeroBeside(condition, isMet === negated ? '!=' : '==')];
    }
    case 'rule':
      return condition.of.kind === 'row' && condition.of.name === 'record'
        ? knownWhere(condition.condition, isMet)
        : [];
    case 'order': {
      const there = keysOf(isMet ? partsOf(condition) : []);
      return [...there, ...notZeroBeside(condition, isMet ? condition.operator : OPPOSITES[condition.operator])];
    }
    case 'contains':
    case 'startsWith':
      return keysOf(isMet ? partsOf(condition) : []);
    case 'in':
      return keysOf(isMet ? [condition.item] : []);
    default:
      return keysOf(isMet ? [condition] : []);
  }
}

type Comparison = OrderOperator | '==' | '!=';

const OPPOSITES: Readonly<Record<OrderOperator, OrderOperator>> = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' };

const HOLDS: Readonly<Record<Comparison, (left: number, right: number) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

/** The side that is not zero because zero does not compare so with the number on the other: nothing is said of whether it is there. */
function notZeroBeside({ left, right }: Pick<Order, 'left' | 'right'>, operator: Comparison): Known {
  const holds = HOLDS[operator];
  if (isNumber(right)) return holds(0, Number(right.value)) ? [] : [notZero(left)];
  if (isNumber(left)) return holds(Number(left.value), 0) ? [] : [notZero(right)];
  return [];
}

function isNumber(expression: Expression): expression is Literal {
  return expression.kind === 'literal' && ['integer', 'decimal', 'number'].includes(expression.type.kind);
}

function notZero(expression: Expression): string {
  return `0 != ${keyOf(expression)}`;
}

/** Expressions that are there, with what they could not be there without. */
function keysOf(expressions: readonly Expression[]): Known {
  return expressions.flatMap(needs).map(keyOf);
}

function needs(expression: Expression): readonly Expression[] {
  const isPath = expression.kind === 'value' || expression.kind === 'link';
  return [expression, ...(isPath || isStrict(expression) ? partsOf(expression).flatMap(needs) : [])];
}

/** The same for the same expression wherever it stands, and for a link and its id. */
function keyOf(expression: Expression): string {
  switch (expression.kind) {
    case 'row':
    case 'element':
      return expression.name;
    case 'value':
      return `${keyOf(expression.of)}.${expression.value.column}`;
    case 'link':
      return `${keyOf(expression.of)}.${expression.link.column}`;
    default:
      return JSON.stringify(expression, (key, value: unknown) =>
        key === 'start' || key === 'end' ? undefined : value,
      );
  }
}
