import type { Aggregate, Arithmetic, Choice, Expression, Literal, Size } from '../../expression/expression.ts';
import { isTextual, type ExpressionType } from '../../expression/expression-type.ts';
import { raw, ts, type Fragment } from '../text/fragment.ts';
import { ident, literal, str } from '../text/quote.ts';
import { functions as f, type PredicateWriter } from './predicate-writer.ts';

/** A value as TypeScript. */
export function valueText(write: PredicateWriter, expression: Expression): Fragment {
  switch (expression.kind) {
    case 'literal':
      return literalText(expression);
    case 'null':
      return raw('null');
    case 'now':
      return raw('now');
    case 'row':
    case 'link':
    case 'value':
      return converted(expression.type, plainText(write, expression));
    case 'element':
      return converted(expression.type, write.spelling(expression.name));
    case 'negate':
      return ts`${f.negated}(${write.value(expression.operand)})`;
    case 'arithmetic':
      return arithmeticText(write, expression);
    case 'round':
      return ts`${f.rounded}(${write.value(expression.of)}, ${raw(String(expression.places))})`;
    case 'concat':
      return ts`${f.joined}(${write.value(expression.left)}, ${write.value(expression.right)})`;
    case 'shift':
    case 'elapsed': {
      const isLater = expression.kind === 'shift' && expression.operator === '+';
      const [first, second] =
        expression.kind === 'shift' ? [expression.moment, expression.duration] : [expression.left, expression.right];
      return ts`${isLater ? f.later : f.earlier}(${write.value(first)}, ${write.value(second)})`;
    }
    case 'choice':
      return choiceText(write, expression);
    case 'lower':
      return ts`${f.lower}(${write.value(expression.text)})`;
    case 'today':
      return ts`${f.dayIn}(${write.value(expression.zone)}, now)`;
    case 'at': {
      const { date, time, zone } = expression;
      return ts`${f.momentAt}(${write.value(date)}, ${write.value(time)}, ${write.value(zone)})`;
    }
    case 'size':
      return sizeText(write, expression);
    case 'aggregate':
      return aggregateText(write, expression);
    case 'items':
    case 'children':
      throw new Error(`a ${expression.kind} is no value by itself`);
    default:
      return write.condition(expression);
  }
}

/** A member of a row as JSON carries it; null where a link on the way is empty. */
export function plainText(write: PredicateWriter, expression: Expression): Fragment {
  if (expression.kind === 'row') return ts`${write.spelling(expression.name)}.id`;
  const [of, key] =
    expression.kind === 'link'
      ? [expression.of, `${expression.link.name}Id`]
      : expression.kind === 'value'
        ? [expression.of, expression.value.key]
        : [undefined, ''];
  if (of === undefined) return write.value(expression);
  return of.nullable ? ts`(${rowText(write, of)}?.${ident(key)} ?? null)` : ts`${rowText(write, of)}.${ident(key)}`;
}

/** A row, or what stands for none. */
export function rowText(write: PredicateWriter, expression: Expression): Fragment {
  if (expression.kind === 'row') return write.spelling(expression.name);
  if (expression.kind !== 'link') throw new Error(`a ${expression.kind} is no row`);
  const { of, link } = expression;
  return ts`${rowText(write, of)}${raw(of.nullable ? '?.' : '.')}${ident(link.name)}`;
}

/** The items of a list, none where a link on the way is empty. */
export function listText(write: PredicateWriter, list: Expression): Fragment {
  if (list.kind === 'children') {
    const { of } = list;
    const name = ident(list.list.name);
    return of.nullable ? ts`(${rowText(write, of)}?.${name} ?? [])` : ts`${rowText(write, of)}.${name}`;
  }
  return list.nullable ? ts`(${plainText(write, list)} ?? [])` : plainText(write, list);
}

/** What JSON carries as a number or a text that must be computed with. */
export function converted(type: ExpressionType, text: Fragment): Fragment {
  if (type.kind === 'integer' || type.kind === 'decimal') return ts`${f.exact}(${text})`;
  return type.kind === 'datetime' ? ts`${f.moment}(${text})` : text;
}

/** A value of the wanted type: beside a double, exact numbers become doubles. */
export function valueAs(write: PredicateWriter, expression: Expression, type: ExpressionType): Fragment {
  const isExact = expression.type.kind === 'integer' || expression.type.kind === 'decimal';
  const text = write.value(expression);
  return type.kind === 'number' && isExact ? ts`${f.toDouble}(${text})` : text;
}

function literalText({ type, value }: Literal): Fragment {
  switch (type.kind) {
    case 'boolean':
      return raw(value === 'true' ? 'true' : 'false');
    case 'integer':
    case 'decimal':
      return ts`${f.exact}(${str(value)})`;
    case 'datetime':
      return ts`${f.moment}(${str(value)})`;
    case 'duration':
      return raw(`${BigInt(value)}n`);
    default:
      return str(value);
  }
}

function arithmeticText(write: PredicateWriter, { operator, left, right, type }: Arithmetic): Fragment {
  const operands = ts`(${write.value(left)}, ${write.value(right)})`;
  const isDuration = type.kind === 'duration';
  switch (operator) {
    case '+':
      return ts`${isDuration ? f.later : f.plus}${operands}`;
    case '-':
      return ts`${isDuration ? f.earlier : f.minus}${operands}`;
    case '*':
      return ts`${f.times}${operands}`;
    case '/':
      return ts`${type.kind === 'integer' ? f.wholeQuotient : f.quotient}${operands}`;
    case '%':
      return ts`${f.remainder}${operands}`;
    default:
      return operator satisfies never;
  }
}

function choiceText(write: PredicateWriter, { condition, met, otherwise, type }: Choice): Fragment {
  return ts`(${write.condition(condition)} ? ${valueAs(write, met, type)} : ${valueAs(write, otherwise, type)})`;
}

function sizeText(write: PredicateWriter, { of }: Size): Fragment {
  const counted =
    of.kind === 'children' ? listText(write, of) : isTextual(of.type) ? write.value(of) : plainText(write, of);
  return ts`${f.exact}(${f.lengthOf}(${counted}))`;
}

function aggregateText(write: PredicateWriter, expression: Aggregate): Fragment {
  const { name, list, body } = expression;
  if (name === 'exists' || name === 'all') return write.condition(expression);
  const items = listText(write, list);
  const { variable, inside } = bindItem(write, expression);
  const condition = name === 'count';
  const each = ts`(${variable}) => ${condition ? inside.condition(body) : inside.value(body)}`;
  if (name === 'count') return ts`${f.countOf}(${items}, ${each})`;
  if (name === 'sum') return ts`${f.sumOf}(${items}, ${each})`;
  const pick = name === 'min' ? f.least : f.greatest;
  if (body.type.kind === 'enum') {
    const values = literal(body.type.values);
    const places = ts`${items}.map((${variable}) => ${f.rank}(${inside.value(body)}, ${values}))`;
    return ts`${f.wordAt}(${pick}(${places}), ${values})`;
  }
  const folded = body.type.kind === 'email' ? ts`(${variable}) => ${f.lower}(${inside.value(body)})` : each;
  return ts`${pick}(${items}.map(${folded}))`;
}

/** The parameter of a function over the items of a list, and what its body is written with. */
export function bindItem(
  write: PredicateWriter,
  { variable }: Aggregate,
): { readonly variable: Fragment; readonly inside: PredicateWriter } {
  const name = ident(TAKEN.test(variable) || Object.hasOwn(f, variable) ? `${variable}_` : variable);
  return { variable: name, inside: write.bind(variable, name) };
}

/** Words that JavaScript keeps for itself. */
const TAKEN =
  /^(?:await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|finally|for|function|if|implements|import|in|instanceof|interface|let|new|package|private|protected|public|return|static|super|switch|this|throw|try|typeof|undefined|var|void|while|with|yield|eval|arguments)$/;
