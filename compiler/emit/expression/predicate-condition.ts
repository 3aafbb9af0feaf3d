import type { Aggregate, Equality, Expression, Membership, Order, Rule } from '../../expression/expression.ts';
import { commonType, type ExpressionType } from '../../expression/expression-type.ts';
import { joined, raw, ts, type Fragment } from '../text/fragment.ts';
import { literal, num } from '../text/quote.ts';
import { bindItem, converted, listText, plainText, rowText, valueAs } from './predicate-value.ts';
import { functions as f, type PredicateWriter } from './predicate-writer.ts';

/** A condition as TypeScript: always a boolean. */
export function conditionText(write: PredicateWriter, expression: Expression): Fragment {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const side = (one: Expression): Fragment =>
        one.kind === expression.kind || !isLogical(one) ? write.condition(one) : ts`(${write.condition(one)})`;
      return ts`${side(expression.left)} ${raw(expression.kind === 'and' ? '&&' : '||')} ${side(expression.right)}`;
    }
    case 'not':
      return ts`!(${write.condition(expression.operand)})`;
    case 'equal':
      return equalityText(write, expression);
    case 'order':
      return orderText(write, expression);
    case 'in':
      return membershipText(write, expression);
    case 'contains':
    case 'startsWith': {
      const folds = expression.text.type.kind === 'email' || expression.part.type.kind === 'email';
      const [text, part] = [fold(write, expression.text, folds), fold(write, expression.part, folds)];
      return ts`${expression.kind === 'contains' ? f.contains : f.startsWith}(${text}, ${part})`;
    }
    case 'rule':
      return ruleText(write, expression);
    case 'aggregate':
      return listConditionText(write, expression);
    default:
      return canBeNull(expression) ? ts`${write.value(expression)} === true` : write.value(expression);
  }
}

/** TypeScript does not see what a condition of a choice says of its sides. */
function canBeNull(expression: Expression): boolean {
  return expression.kind === 'choice'
    ? canBeNull(expression.met) || canBeNull(expression.otherwise)
    : expression.nullable;
}

function isLogical({ kind }: Expression): boolean {
  return kind === 'and' || kind === 'or';
}

function equalityText(write: PredicateWriter, { left, right, negated }: Equality): Fragment {
  const operator = raw(negated ? '!==' : '===');
  if (left.kind === 'null' || right.kind === 'null') {
    const other = left.kind === 'null' ? right : left;
    return ts`${operand(other, plainText(write, other))} ${operator} null`;
  }
  const type = commonType(left.type, right.type) ?? left.type;
  if (type.kind === 'integer' || type.kind === 'decimal')
    return ts`${raw(negated ? '!' : '')}${f.sameNumber}(${write.value(left)}, ${write.value(right)})`;
  const [a, b] = comparedText(write, left, right, type);
  return ts`${operand(left, a)} ${operator} ${operand(right, b)}`;
}

/** A condition beside `===` stands in parentheses. */
function operand({ type }: Expression, text: Fragment): Fragment {
  return type.kind === 'boolean' ? ts`(${text})` : text;
}

function comparedText(
  write: PredicateWriter,
  left: Expression,
  right: Expression,
  type: ExpressionType,
): readonly [Fragment, Fragment] {
  const folds = left.type.kind === 'email' || right.type.kind === 'email';
  if (folds) return [fold(write, left, true), fold(write, right, true)];
  return [valueAs(write, left, type), valueAs(write, right, type)];
}

function fold(write: PredicateWriter, expression: Expression, folds: boolean): Fragment {
  return folds ? ts`${f.lower}(${write.value(expression)})` : write.value(expression);
}

const ORDERS = { '<': f.isLess, '<=': f.isAtMost, '>': f.isMore, '>=': f.isAtLeast } as const;

function orderText(write: PredicateWriter, { left, right, operator }: Order): Fragment {
  const type = commonType(left.type, right.type) ?? left.type;
  const [a, b] =
    type.kind === 'enum'
      ? [rankText(write, left, type), rankText(write, right, type)]
      : comparedText(write, left, right, type);
  return ts`${ORDERS[operator]}(${a}, ${b})`;
}

function rankText(
  write: PredicateWriter,
  expression: Expression,
  { values }: Extract<ExpressionType, { kind: 'enum' }>,
): Fragment {
  if (expression.kind === 'literal') return num(values.indexOf(expression.value));
  return ts`${f.rank}(${write.value(expression)}, ${literal(values)})`;
}

function membershipText(write: PredicateWriter, { item, list }: Membership): Fragment {
  const of = list.type.kind === 'list' ? list.type.of : list.type;
  const parts = list.kind === 'items' ? list.items : [];
  const folds = [item, ...parts].some(({ type }) => type.kind === 'email') || of.kind === 'email';
  const type = parts.reduce((common, part) => commonType(common, part.type) ?? common, commonType(item.type, of) ?? of);
  const found = folds ? fold(write, item, true) : valueAs(write, item, type);
  if (list.kind === 'items') {
    const items = parts.map((part) => (folds ? fold(write, part, true) : valueAs(write, part, type)));
    return ts`${f.isIn}(${found}, [${joined(items, ', ')}])`;
  }
  const each = converted(of, raw('one'));
  const same = folds
    ? ts`${f.lower}(one)`
    : type.kind === 'number' && of.kind !== 'number'
      ? ts`${f.toDouble}(${each})`
      : each;
  return ts`${f.isIn}(${found}, ${listText(write, list)}.map((one) => ${same}))`;
}

function ruleText(write: PredicateWriter, { of, condition }: Rule): Fragment {
  if (of.kind === 'row') return ts`(${write.bindRecord(write.spelling(of.name)).condition(condition)})`;
  return ts`${f.meets}(${rowText(write, of)}, (row) => ${write.bindRecord(raw('row')).condition(condition)})`;
}

function listConditionText(write: PredicateWriter, expression: Aggregate): Fragment {
  const { variable, inside } = bindItem(write, expression);
  const method = raw(expression.name === 'exists' ? 'some' : 'every');
  return ts`${listText(write, expression.list)}.${method}((${variable}) => ${inside.condition(expression.body)})`;
}
