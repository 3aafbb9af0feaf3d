import type { Equality, Expression, Membership, Order, Rule, TextTest } from '../../expression/expression.ts';
import { isTextual } from '../../expression/expression-type.ts';
import { quoteLiteral } from '../sql/sql-text.ts';
import { isListCondition, listConditionSql } from './list-sql.ts';
import { enclose, listOperand, type SqlWriter } from './sql-writer.ts';

/**
 * A condition as SQL. Nothing is unknown: a comparison with an absent value is false. Where it is
 * strict that is written out, elsewhere null stands for false, as `where` takes it.
 */
export function conditionSql(write: SqlWriter, expression: Expression, isStrict: boolean): string {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const part = isStrict ? write.strict : write.condition;
      const side = (one: Expression): string =>
        one.kind === expression.kind || !isLogical(one) ? part(one) : `(${part(one)})`;
      return `${side(expression.left)} ${expression.kind} ${side(expression.right)}`;
    }
    case 'not':
      return `not ${enclose(write.strict(expression.operand))}`;
    case 'equal':
      return equalitySql(write, expression, isStrict);
    case 'order':
      return never(orderSql(write, expression), isStrict && (expression.left.nullable || expression.right.nullable));
    case 'in':
      return never(membershipSql(write, expression), isStrict && canBeUnknown(expression));
    case 'contains':
    case 'startsWith':
      return never(textTestSql(write, expression), isStrict && (expression.text.nullable || expression.part.nullable));
    case 'rule':
      return ruleSql(write, expression, isStrict);
    case 'aggregate':
      return isListCondition(expression) ? listConditionSql(write, expression) : write.value(expression);
    default:
      return never(write.value(expression), isStrict && expression.nullable);
  }
}

function isLogical({ kind }: Expression): boolean {
  return kind === 'and' || kind === 'or';
}

function never(text: string, unknown: boolean): string {
  return unknown ? `coalesce(${text}, false)` : text;
}

function equalitySql(write: SqlWriter, { left, right, negated }: Equality, isStrict: boolean): string {
  if (left.kind === 'null' || right.kind === 'null') {
    const other = left.kind === 'null' ? right : left;
    if (other.kind === 'null') return String(!negated);
    return `${enclose(write.value(other))} is ${negated ? 'not ' : ''}null`;
  }
  const [a, b] = comparedSql(write, left, right);
  const isDistinct = negated ? left.nullable || right.nullable : left.nullable && right.nullable;
  if (isDistinct || (isStrict && (left.nullable || right.nullable)))
    return `${a} is ${negated ? '' : 'not '}distinct from ${b}`;
  return `${a} ${negated ? '<>' : '='} ${b}`;
}

function orderSql(write: SqlWriter, { left, right, operator }: Order): string {
  const [a, b] = comparedSql(write, left, right);
  // The order of code points: that of a locale differs from database to database.
  return `${a}${isTextual(left.type) ? ' collate "C"' : ''} ${operator} ${b}`;
}

/** Both sides as they are compared: e-mail addresses in lower case, constants bare beside what tells their type. */
function comparedSql(write: SqlWriter, left: Expression, right: Expression): readonly [string, string] {
  const folds = left.type.kind === 'email' || right.type.kind === 'email';
  const sides = [spelled(write, left, right), spelled(write, right, left)].map((text) =>
    folds ? `lower(${text})` : enclose(text),
  );
  return [sides[0] ?? '', sides[1] ?? ''];
}

const BARE: readonly Expression['type']['kind'][] = ['enum', 'id', 'date', 'time', 'datetime'];

function spelled(write: SqlWriter, expression: Expression, other: Expression): string {
  const isBare = expression.kind === 'literal' && other.kind === 'value' && BARE.includes(expression.type.kind);
  if (!isBare || (expression.type.kind === 'id' && expression.type.storage === 'bigint'))
    return write.value(expression);
  return quoteLiteral(expression.value);
}

function membershipSql(write: SqlWriter, { item, list }: Membership): string {
  if (list.kind !== 'items') {
    if (item.type.kind === 'email' || list.type.kind !== 'list' || list.type.of.kind === 'email') {
      const alias = write.alias('item');
      return `exists (select 1 from unnest(${write.value(list)}) as ${alias}(value) where lower(${alias}.value) = lower(${write.value(item)}))`;
    }
    return `${enclose(write.value(item))} = any (${listOperand(write.value(list))})`;
  }
  const folds = [item, ...list.items].some(({ type }) => type.kind === 'email');
  const fold = (text: string): string => (folds ? `lower(${text})` : text);
  const items = list.items.map((one) => fold(spelled(write, one, item)));
  return `${fold(enclose(write.value(item)))} in (${items.join(', ')})`;
}

function canBeUnknown({ item, list }: Membership): boolean {
  return item.nullable || (list.kind === 'items' && list.items.some(({ nullable }) => nullable));
}

function textTestSql(write: SqlWriter, { kind, text, part }: TextTest): string {
  const folds = text.type.kind === 'email' || part.type.kind === 'email';
  const [whole, piece] = [text, part].map((one) => (folds ? `lower(${write.value(one)})` : write.value(one)));
  return kind === 'contains' ? `strpos(${whole}, ${piece}) > 0` : `starts_with(${whole}, ${piece})`;
}

/** Of a row at hand its condition; of one behind a link whether it is there and meets it. */
function ruleSql(write: SqlWriter, { of, entity, condition }: Rule, isStrict: boolean): string {
  if (of.kind === 'row') {
    const inside = write.bindRecord(write.column(of, ''));
    const text = isStrict ? inside.strict(condition) : inside.condition(condition);
    return isLogical(condition) ? `(${text})` : text;
  }
  const alias = write.alias(entity);
  const inside = write.bindRecord(alias).condition(condition);
  const met = isLogical(condition) && condition.kind === 'or' ? `(${inside})` : inside;
  return `exists (select 1 from ${write.table(entity)} ${alias} where ${alias}.id = ${write.value(of)} and ${met})`;
}
