import type { Expression } from './expression.ts';

/** The same with each of its parts changed; the condition of a rule, whose record is another, stays. */
export function mapParts(expression: Expression, change: (part: Expression) => Expression): Expression {
  switch (expression.kind) {
    case 'literal':
    case 'null':
    case 'row':
    case 'element':
    case 'now':
      return expression;
    case 'value':
    case 'link':
    case 'rule':
    case 'children':
    case 'size':
    case 'round':
      return { ...expression, of: change(expression.of) };
    case 'items':
      return { ...expression, items: expression.items.map(change) };
    case 'not':
    case 'negate':
      return { ...expression, operand: change(expression.operand) };
    case 'and':
    case 'or':
    case 'equal':
    case 'order':
    case 'arithmetic':
    case 'concat':
    case 'elapsed':
      return { ...expression, left: change(expression.left), right: change(expression.right) };
    case 'in':
      return { ...expression, item: change(expression.item), list: change(expression.list) };
    case 'shift':
      return { ...expression, moment: change(expression.moment), duration: change(expression.duration) };
    case 'choice': {
      const { condition, met, otherwise } = expression;
      return { ...expression, condition: change(condition), met: change(met), otherwise: change(otherwise) };
    }
    case 'contains':
    case 'startsWith':
      return { ...expression, text: change(expression.text), part: change(expression.part) };
    case 'lower':
      return { ...expression, text: change(expression.text) };
    case 'today':
      return { ...expression, zone: change(expression.zone) };
    case 'at': {
      const { date, time, zone } = expression;
      return { ...expression, date: change(date), time: change(time), zone: change(zone) };
    }
    case 'aggregate':
      return { ...expression, list: change(expression.list), body: change(expression.body) };
    default:
      return expression satisfies never;
  }
}
