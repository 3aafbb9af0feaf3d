import { placeOf, sourceOf, type CheckContext } from './check-context.ts';
import type { ArithmeticOperator, Expression } from './expression.ts';
import { describeType, isExact, isTextual } from './expression-type.ts';
import type { CelNode } from './parse-cel.ts';
import { mayDivideByZero } from './presence.ts';

type ArithmeticNode = Extract<
  CelNode,
  { op: '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' }
>;

/** `+ - * / %`: exact numbers, moments and durations, texts one behind the other. */
export function checkSum(
  context: CheckContext,
  node: ArithmeticNode,
  operator: ArithmeticOperator,
): Expression | undefined {
  const left = context.check(node.args[0]);
  const right = context.check(node.args[1]);
  if (left === undefined || right === undefined) return undefined;
  const nullable = left.nullable || right.nullable;
  const at = placeOf(node);
  if (isExact(left.type) && isExact(right.type))
    return isByZero(operator, right) ? refuseZero(context, node) : exactSum(node, operator, left, right);
  if (operator === '+' && isTextual(left.type) && isTextual(right.type))
    return { kind: 'concat', left, right, type: { kind: 'text' }, nullable, ...at };
  const kinds = `${left.type.kind} ${operator} ${right.type.kind}`;
  switch (kinds) {
    case 'datetime + duration':
    case 'datetime - duration': {
      const direction = operator === '+' ? '+' : '-';
      return { kind: 'shift', operator: direction, moment: left, duration: right, type: left.type, nullable, ...at };
    }
    case 'datetime - datetime':
      return { kind: 'elapsed', left, right, type: { kind: 'duration' }, nullable, ...at };
    case 'duration + duration':
    case 'duration - duration':
      return { kind: 'arithmetic', operator, left, right, type: left.type, nullable, ...at };
    default:
      return refuse(context, node, operator, left, right);
  }
}

function isByZero(operator: ArithmeticOperator, right: Expression): boolean {
  return (operator === '/' || operator === '%') && right.kind === 'literal' && Number(right.value) === 0;
}

function refuseZero(context: CheckContext, node: ArithmeticNode): undefined {
  return context.report({
    fault: 'expression-types',
    ...placeOf(node),
    what: `"${clip(sourceOf(node))}" divides by zero, which has no value`,
    hint: 'divide by another number',
  });
}

function exactSum(node: ArithmeticNode, operator: ArithmeticOperator, left: Expression, right: Expression): Expression {
  const isWhole = left.type.kind === 'integer' && right.type.kind === 'integer';
  return {
    kind: 'arithmetic',
    operator,
    left,
    right,
    type: { kind: isWhole ? 'integer' : 'decimal' },
    nullable: left.nullable || right.nullable || mayDivideByZero({ operator, right }),
    ...placeOf(node),
  };
}

function refuse(
  context: CheckContext,
  node: ArithmeticNode,
  operator: ArithmeticOperator,
  left: Expression,
  right: Expression,
): undefined {
  const isDouble = left.type.kind === 'number' || right.type.kind === 'number';
  const isDay = left.type.kind === 'date' || right.type.kind === 'date';
  const hint = isDouble
    ? 'make the field a decimal: sums of type "number" are not exact'
    : isDay
      ? "make a moment of the date with at(date, 'HH:MM', zone)"
      : 'use two values of one type';
  return context.report({
    fault: 'expression-types',
    ...placeOf(node),
    what: `"${operator}" stands between ${describeType(left.type)} and ${describeType(right.type)} in "${clip(sourceOf(node))}"`,
    hint,
  });
}

function clip(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
