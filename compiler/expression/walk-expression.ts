import type { Expression } from './expression.ts';

/** The expressions that one is made of, in the order they are written; a rule's condition is one of them. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'null':
    case 'row':
    case 'element':
    case 'now':
      return [];
    case 'value':
    case 'link':
    case 'children':
    case 'size':
    case 'round':
      return [expression.of];
    case 'rule':
      return [expression.of, expression.condition];
    case 'items':
      return expression.items;
    case 'not':
    case 'negate':
      return [expression.operand];
    case 'and':
    case 'or':
    case 'equal':
    case 'order':
    case 'arithmetic':
    case 'concat':
    case 'elapsed':
      return [expression.left, expression.right];
    case 'in':
      return [expression.item, expression.list];
    case 'shift':
      return [expression.moment, expression.duration];
    case 'choice':
      return [expression.condition, expression.met, expression.otherwise];
    case 'contains':
    case 'startsWith':
      return [expression.text, expression.part];
    case 'lower':
      return [expression.text];
    case 'today':
      return [expression.zone];
    case 'at':
      return [expression.date, expression.time, expression.zone];
    case 'aggregate':
      return [expression.list, expression.body];
    default:
      return expression satisfies never;
  }
}

/** Every expression inside one, itself first. */
export function* walkExpression(expression: Expression): Generator<Expression, void, undefined> {
  yield expression;
  for (const part of partsOf(expression)) yield* walkExpression(part);
}
