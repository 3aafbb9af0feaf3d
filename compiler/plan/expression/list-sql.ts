import type { Aggregate, Expression, Size } from '../../expression/expression.ts';
import { isTextual } from '../../expression/expression-type.ts';
import { walkExpression } from '../../expression/walk-expression.ts';
import { PAIR_COLUMNS } from '../../model/naming.ts';
import { qualify, quoteIdentifier } from '../sql/sql-text.ts';
import { enclose, listOperand, type SqlWriter } from './sql-writer.ts';

/** Whether an aggregate is itself a condition. */
export function isListCondition({ name }: Aggregate): boolean {
  return name === 'exists' || name === 'all';
}

/** `exists` and `all`. */
export function listConditionSql(write: SqlWriter, { name, list, variable, body }: Aggregate): string {
  const source = sourceOf(write, list, variable);
  const inside = source.inside;
  const met = name === 'exists' ? enclosed(inside, body) : `not ${enclose(inside.strict(body))}`;
  const where = [...source.where, met].join(' and ');
  return `${name === 'all' ? 'not ' : ''}exists (select 1 from ${source.from} where ${where})`;
}

function enclosed(write: SqlWriter, body: Expression): string {
  const text = write.condition(body);
  return body.kind === 'or' ? `(${text})` : text;
}

/** Sizes, counts, sums, least and greatest. */
export function listValueSql(write: SqlWriter, expression: Size | Aggregate): string {
  if (expression.kind === 'size') return sizeSql(write, expression);
  const source = sourceOf(write, expression.list, expression.variable);
  switch (expression.name) {
    case 'count': {
      const where = [...source.where, enclosed(source.inside, expression.body)];
      return `(select count(*) from ${source.from} where ${where.join(' and ')})`;
    }
    case 'sum':
      return gather(source, expression, source.inside.value(expression.body), (value) => `coalesce(sum(${value}), 0)`);
    case 'min':
    case 'max': {
      const { name, body } = expression;
      return gather(source, expression, orderedSql(source.inside, body), (value) => `${name}(${value})`);
    }
    default:
      return write.strict(expression);
  }
}

/** An aggregate whose argument says nothing of its own rows would belong to the query around: then it takes them from inside. */
function gather(
  source: Source,
  { variable, body }: Aggregate,
  value: string,
  aggregate: (value: string) => string,
): string {
  const saysItem = [...walkExpression(body)].some(
    (part) => (part.kind === 'row' || part.kind === 'element') && part.name === variable,
  );
  if (saysItem) return select(aggregate(value), source);
  return `(select ${aggregate('each.value')} from ${select(`${value} as value`, source)} each)`;
}

function orderedSql(write: SqlWriter, body: Expression): string {
  const text = write.value(body);
  if (!isTextual(body.type)) return text;
  return `${body.type.kind === 'email' ? `lower(${text})` : enclose(text)} collate "C"`;
}

function sizeSql(write: SqlWriter, { of }: Size): string {
  if (of.kind === 'children') return select('count(*)', sourceOf(write, of, of.list.name));
  return isTextual(of.type) ? `char_length(${write.value(of)})` : `cardinality(${write.value(of)})`;
}

interface Source {
  readonly from: string;
  readonly where: readonly string[];
  /** Writes what is said of one item. */
  readonly inside: SqlWriter;
}

function select(what: string, { from, where }: Source): string {
  return `(select ${what} from ${from}${where.length === 0 ? '' : ` where ${where.join(' and ')}`})`;
}

function sourceOf(write: SqlWriter, list: Expression, variable: string): Source {
  const alias = write.alias(variable);
  if (list.kind !== 'children')
    return {
      from: `unnest(${write.value(list)}) as ${alias}(value)`,
      where: [],
      inside: write.bind(variable, `${alias}.value`),
    };
  const { entity, via } = list.list;
  const inside = write.bind(variable, alias);
  const table = `${write.table(entity)} ${alias}`;
  switch (via.kind) {
    case 'column': {
      return { from: table, where: [`${alias}.${quoteIdentifier(via.column)} = ${linkedId(write, list.of)}`], inside };
    }
    case 'ids':
      return { from: table, where: [`${alias}.id = any (${listOperand(write.column(list.of, via.column))})`], inside };
    case 'pairs': {
      const pairs = write.alias(`${variable}_link`);
      const joined = `${pairs}.${PAIR_COLUMNS.source} = ${alias}.id`;
      return {
        from: `${table} join ${qualify(write.place.schema, via.table)} ${pairs} on ${joined}`,
        where: [`${pairs}.${PAIR_COLUMNS.target} = ${linkedId(write, list.of)}`],
        inside,
      };
    }
    default:
      return via satisfies never;
  }
}

function linkedId(write: SqlWriter, of: Expression): string {
  const id = write.column(of, 'id');
  const { record, linkedId: own } = write.place;
  return own !== undefined && id === `${record}.id` ? own : id;
}
