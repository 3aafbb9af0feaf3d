import type { Index, IndexKey } from '../database/database-schema.ts';
import type { OperationOf } from './operations.ts';
import { qualify, quoteIdentifier, quoteIdentifiers } from '../sql/sql-text.ts';

/** `create index leads_score_id_idx on public.leads (score, id);` */
export function createIndexSql(schema: string, operation: OperationOf<'createIndex'>): string {
  const { index, table, concurrently } = operation;
  return `${[
    'create',
    ...(index.unique === true ? ['unique'] : []),
    'index',
    ...(concurrently === true ? ['concurrently', 'if not exists'] : []),
    quoteIdentifier(index.name),
    'on',
    qualify(schema, table),
    ...(index.method === undefined ? [] : ['using', index.method]),
    `(${index.keys.map(keySql).join(', ')})`,
    ...(index.include === undefined ? [] : [`include (${quoteIdentifiers(index.include)})`]),
    ...(index.nullsNotDistinct === true ? ['nulls not distinct'] : []),
    ...(index.where === undefined ? [] : [`where ${index.where}`]),
  ].join(' ')};`;
}

/** The extension that an index names an operator class of, without its schema. */
export function extensionOf({ keys }: Index): string | undefined {
  return keys.find(({ extension }) => extension !== undefined)?.extension;
}

/** `score desc nulls last`, `lower(email)`. */
export function keySql(key: IndexKey): string {
  return [
    key.column === undefined ? keyExpression(key.expression ?? '') : quoteIdentifier(key.column),
    ...(key.collation === undefined ? [] : [`collate ${quoteIdentifier(key.collation)}`]),
    ...(key.operatorClass === undefined ? [] : [key.operatorClass]),
    ...(key.descending === true ? ['desc'] : []),
    ...(key.nulls === undefined ? [] : [`nulls ${key.nulls}`]),
  ].join(' ');
}

/** Postgres takes a call of a function as it is, anything else in parentheses. */
function keyExpression(expression: string): string {
  return /^\w+\("?[^"()]+"?\)$/.test(expression) ? expression : `(${expression})`;
}
