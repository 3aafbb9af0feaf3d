import type { Expression } from '../../expression/expression.ts';
import { snakeCase } from '../../model/naming.ts';
import { qualify, quoteIdentifier } from '../sql/sql-text.ts';
import { conditionSql as writeCondition } from './condition-sql.ts';
import type { SqlPlace, SqlWriter } from './sql-writer.ts';
import { valueSql as writeValue } from './value-sql.ts';

/** A condition for `where` and for predicates of indexes: null stands for false. */
export function whereSql(expression: Expression, place: SqlPlace): string {
  return createWriter(place).condition(expression);
}

/** A condition that is true or false and never null, as a check needs it. */
export function checkSql(expression: Expression, place: SqlPlace): string {
  return createWriter(place).strict(expression);
}

/** A value; null where it is absent. */
export function valueSql(expression: Expression, place: SqlPlace): string {
  return createWriter(place).value(expression);
}

function createWriter(place: SqlPlace): SqlWriter {
  const taken = new Set(['new', 'old', 'record', place.record]);
  return writerWith(place, new Map([['record', place.record]]), taken);
}

function writerWith(place: SqlPlace, spellings: ReadonlyMap<string, string>, taken: Set<string>): SqlWriter {
  const write: SqlWriter = {
    place,
    value: (expression) => writeValue(write, expression),
    condition: (expression) => writeCondition(write, expression, false),
    strict: (expression) => writeCondition(write, expression, true),
    column: (of, column) => columnSql(write, spellings, of, column),
    table: (entity) => qualify(place.schema, place.tables.get(entity) ?? entity),
    alias: (name) => newAlias(taken, snakeCase(name)),
    bind: (name, spelling) => writerWith(place, new Map([...spellings, [name, spelling]]), taken),
    bindRecord: (spelling) => writerWith(place, new Map([['record', spelling]]), taken),
  };
  return write;
}

/** A column of a row at hand or of the row behind a link; without a column, the row's own spelling. */
function columnSql(write: SqlWriter, spellings: ReadonlyMap<string, string>, of: Expression, column: string): string {
  if (of.kind === 'row' || of.kind === 'element') {
    const spelling = spellings.get(of.name) ?? '';
    if (column === '') return spelling;
    return spelling === '' ? quoteIdentifier(column) : `${spelling}.${quoteIdentifier(column)}`;
  }
  if (of.kind !== 'link') throw new Error(`a ${of.kind} has no columns`);
  const key = write.column(of.of, of.link.column);
  if (column === 'id') return key;
  const alias = write.alias(of.link.name);
  return `(select ${alias}.${quoteIdentifier(column)} from ${write.table(of.entity)} ${alias} where ${alias}.id = ${key})`;
}

function newAlias(taken: Set<string>, name: string): string {
  let alias = name;
  for (let count = 2; taken.has(alias); count += 1) alias = `${name}_${count}`;
  taken.add(alias);
  return quoteIdentifier(alias);
}
