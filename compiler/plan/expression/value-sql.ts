import type { Arithmetic, At, Expression, Literal, Shift } from '../../expression/expression.ts';
import type { ExpressionType } from '../../expression/expression-type.ts';
import { qualify, quoteLiteral } from '../sql/sql-text.ts';
import { listValueSql } from './list-sql.ts';
import { enclose, type SqlWriter } from './sql-writer.ts';

/** A value as SQL; null where it is absent. */
export function valueSql(write: SqlWriter, expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return literalSql(write, expression);
    case 'null':
      return 'null';
    case 'row':
    case 'link':
      return write.column(expression, 'id');
    case 'element':
      return write.column(expression, '');
    case 'now':
      return 'now()';
    case 'value':
      return write.column(expression.of, expression.value.column);
    case 'negate':
      return `-${enclose(numeric(write, expression.operand))}`;
    case 'arithmetic':
      return arithmeticSql(write, expression);
    case 'round':
      return `round(${numeric(write, expression.of)}, ${expression.places})`;
    case 'concat':
      return `${operand(write, expression.left)} || ${operand(write, expression.right)}`;
    case 'shift':
      return shiftSql(write, expression);
    case 'elapsed':
      return `${operand(write, expression.left)} - ${operand(write, expression.right)}`;
    case 'choice': {
      const [met, otherwise] = [write.value(expression.met), write.value(expression.otherwise)];
      return `case when ${write.condition(expression.condition)} then ${met} else ${otherwise} end`;
    }
    case 'lower':
      return lowerSql(write, expression.text);
    case 'today':
      return `(now() at time zone ${operand(write, expression.zone)})::date`;
    case 'at':
      return atSql(write, expression);
    case 'size':
    case 'aggregate':
      return listValueSql(write, expression);
    case 'items':
    case 'children':
      throw new Error(`a ${expression.kind} is no value by itself`);
    default:
      return write.strict(expression);
  }
}

function operand(write: SqlWriter, expression: Expression): string {
  return enclose(write.value(expression));
}

/** A constant with its type, so that it means the same beside anything. */
export function literalSql(write: SqlWriter, { type, value }: Literal): string {
  switch (type.kind) {
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'number':
      return value;
    case 'enum':
      return `${quoteLiteral(value)}::${qualify(write.place.schema, type.name)}`;
    case 'id':
      return type.storage === 'bigint'
        ? value
        : type.storage === 'uuid'
          ? `${quoteLiteral(value)}::uuid`
          : quoteLiteral(value);
    case 'duration':
      return `interval '${Number(BigInt(value) / 1_000_000n)} seconds'`;
    default: {
      const prefix = TYPED[type.kind];
      return prefix === undefined ? quoteLiteral(value) : `${prefix} ${quoteLiteral(value)}`;
    }
  }
}

const TYPED: Partial<Readonly<Record<ExpressionType['kind'], string>>> = {
  date: 'date',
  time: 'time',
  datetime: 'timestamptz',
};

/** Whole numbers are summed as `numeric`, which does not overflow; `division` yields null for a divisor of 0. */
function arithmeticSql(write: SqlWriter, { operator, left, right, type }: Arithmetic): string {
  if (type.kind === 'duration') return `${operand(write, left)} ${operator} ${operand(write, right)}`;
  const [a, b] = [numeric(write, left), enclose(numeric(write, right))];
  const divisor = right.kind === 'literal' && !/^-?[0.]+$/.test(right.value) ? b : `nullif(${b}, 0)`;
  if (operator === '%') return `mod(${a}, ${divisor})`;
  if (operator !== '/') return `${enclose(a)} ${operator} ${b}`;
  if (type.kind === 'integer') return `div(${a}, ${divisor})`;
  // `div` is exact where the scale of `/` depends on the values: eleven digits, of which ten stay.
  return `round(div(${enclose(a)} * 100000000000, ${divisor}) * 0.00000000001, 10)`;
}

/** What makes `numeric` of whole numbers. */
const NUMERIC: readonly Expression['kind'][] = ['arithmetic', 'negate', 'round'];

function numeric(write: SqlWriter, expression: Expression): string {
  const text = write.value(expression);
  const isNumeric = expression.type.kind !== 'integer' || NUMERIC.includes(expression.kind);
  return isNumeric ? text : `${enclose(text)}::numeric`;
}

/** `timestamptz + interval` depends on the session's time zone as far as Postgres knows; in UTC it does not. */
function shiftSql(write: SqlWriter, { moment, operator, duration }: Shift): string {
  const [start, span] = [operand(write, moment), operand(write, duration)];
  if (write.place.immutable !== true) return `${start} ${operator} ${span}`;
  return `((${start} at time zone 'UTC') ${operator} ${span}) at time zone 'UTC'`;
}

function atSql(write: SqlWriter, { date, time, zone }: At): string {
  return `(${operand(write, date)} + ${operand(write, time)}) at time zone ${operand(write, zone)}`;
}

/** Of ASCII letters. A generated column that lowers a constant loses its collation: Postgres folds it before it has one. */
function lowerSql(write: SqlWriter, text: Expression): string {
  const constant = constantText(text);
  return constant === undefined ? `lower(${operand(write, text)} collate "C")` : quoteLiteral(lowered(constant));
}

/** The text that an expression is made of alone. */
function constantText(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'concat': {
      const [left, right] = [constantText(expression.left), constantText(expression.right)];
      return left === undefined || right === undefined ? undefined : left + right;
    }
    case 'lower': {
      const text = constantText(expression.text);
      return text === undefined ? undefined : lowered(text);
    }
    default:
      return undefined;
  }
}

function lowered(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
