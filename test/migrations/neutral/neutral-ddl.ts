import type {
  NeutralColumn,
  NeutralForeignKey,
  NeutralIndex,
  NeutralPolicy,
  NeutralSchema,
  NeutralTable,
} from './neutral-case.ts';
import { foreignKeyName, indexName, uniquesOf } from './neutral-names.ts';

/** Postgres reads a body in SQL when it is made. */
function readsTables(text: string): boolean {
  return /language\s+sql/i.test(text) && /\bfrom\b/i.test(text);
}

/** A fresh build of a neutral schema, written here and not by the compiler, so that each judges the other. */
export function neutralDdl(schema: NeutralSchema): readonly string[] {
  const tables = Object.entries(schema.tables ?? {});
  return [
    ...(schema.extensions ?? []).map((name) => `create extension if not exists ${quote(name)}`),
    ...Object.entries(schema.enums ?? {}).map(
      ([name, values]) => `create type ${quote(name)} as enum (${values.map(literal).join(', ')})`,
    ),
    ...(schema.functions ?? []).filter((text) => !readsTables(text)),
    ...tables.map(([name, table]) => createTable(name, table)),
    ...(schema.functions ?? []).filter(readsTables),
    ...tables.flatMap(([name, table]) => (table.indexes ?? []).map((index) => createIndex(name, index))),
    ...tables.flatMap(([name, table]) => (table.foreign_keys ?? []).map((key) => addForeignKey(name, key))),
    ...tables.flatMap(([name, table]) => (table.policies ?? []).map((policy) => createPolicy(name, policy))),
    ...tables.flatMap(([name, { rls }]) => [
      ...(rls === undefined || rls === false ? [] : [`alter table ${quote(name)} enable row level security`]),
      ...(rls === 'force' ? [`alter table ${quote(name)} force row level security`] : []),
    ]),
    ...tables.flatMap(([name, table]) =>
      (table.triggers ?? [])
        .map((item) => `create trigger ${quote(item.name)} ${item.def.replace(/;\s*$/, '')}`)
        .map((text) => (text.includes(' on ') ? text : `${text} on ${quote(name)}`)),
    ),
    ...Object.entries(schema.views ?? {}).map(([name, view]) => {
      const query = typeof view === 'string' ? view : (view.sql ?? view.query ?? '');
      const isStored = typeof view !== 'string' && view.materialized === true;
      return isStored
        ? `create materialized view ${quote(name)} as ${query}`
        : `create view ${quote(name)} with (security_invoker=true) as ${query}`;
    }),
  ];
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function quoteAll(names: readonly string[]): string {
  return names.map(quote).join(', ');
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function createTable(name: string, table: NeutralTable): string {
  const lines = [
    ...Object.entries(table.columns).map(([column, spec]) => columnLine(column, spec)),
    ...(table.primary_key === undefined
      ? []
      : [`constraint ${quote(`${name}_pkey`)} primary key (${quoteAll(table.primary_key)})`]),
    ...uniquesOf(name, table).map((item) => {
      const nulls = item.nulls_not_distinct === true ? ' nulls not distinct' : '';
      const deferred = item.initially_deferred === true ? ' initially deferred' : '';
      const when = item.deferrable === true || deferred !== '' ? ` deferrable${deferred}` : '';
      return `constraint ${quote(item.name)} unique${nulls} (${quoteAll(item.columns)})${when}`;
    }),
    ...(table.checks ?? []).map((item) => `constraint ${quote(item.name)} check (${item.expr})`),
    ...(table.exclusions ?? []).map((item) => {
      const list = item.elements.map((element) => `${quote(element.column)} with ${element.with}`).join(', ');
      const where = item.where === undefined ? '' : ` where (${item.where})`;
      return `constraint ${quote(item.name)} exclude using ${item.method ?? 'gist'} (${list})${where}`;
    }),
  ];
  return `create table ${quote(name)} (${lines.join(', ')})`;
}

function columnLine(name: string, column: NeutralColumn): string {
  const collation = column.collation ?? column.collate;
  return [
    quote(name),
    column.type,
    ...(collation === undefined ? [] : [`collate ${quote(collation)}`]),
    ...(column.generated === undefined ? [] : [`generated always as (${column.generated}) stored`]),
    ...(column.identity === undefined ? [] : [`generated ${column.identity} as identity`]),
    ...(column.null === false ? ['not null'] : []),
    ...(column.default === undefined ? [] : [`default ${column.default}`]),
  ].join(' ');
}

function createIndex(table: string, index: NeutralIndex): string {
  const keys = index.columns === undefined ? indexExpression(index.expression ?? '') : quoteAll(index.columns);
  return [
    `create ${index.unique === true ? 'unique ' : ''}index ${quote(indexName(table, index))} on ${quote(table)}`,
    ...(index.method === undefined ? [] : [`using ${index.method}`]),
    `(${keys})`,
    ...(index.include === undefined ? [] : [`include (${quoteAll(index.include)})`]),
    ...(index.nulls_not_distinct === true ? ['nulls not distinct'] : []),
    ...(index.where === undefined ? [] : [`where ${index.where}`]),
  ].join(' ');
}

/** Postgres takes columns and calls as they are, anything else in parentheses. */
function indexExpression(text: string): string {
  return /^[\w", ]+(\(.*\))?[\w ]*$/.test(text) ? text : `(${text})`;
}

function addForeignKey(table: string, key: NeutralForeignKey): string {
  const deferred = key.initially_deferred === true ? ' initially deferred' : '';
  return [
    `alter table ${quote(table)} add constraint ${quote(foreignKeyName(table, key))}`,
    `foreign key (${quoteAll(key.columns)}) references ${quote(key.references.table)} (${quoteAll(key.references.columns)})`,
    ...(key.on_delete === undefined ? [] : [`on delete ${key.on_delete}`]),
    ...(key.on_update === undefined ? [] : [`on update ${key.on_update}`]),
    ...(key.deferrable === true || deferred !== '' ? [`deferrable${deferred}`] : []),
  ].join(' ');
}

function createPolicy(table: string, policy: NeutralPolicy): string {
  const check = policy.with_check ?? policy.check;
  return [
    `create policy ${quote(policy.name)} on ${quote(table)}`,
    ...(policy.restrictive === true ? ['as restrictive'] : []),
    `for ${policy.for ?? 'all'}`,
    ...(policy.to === undefined ? [] : [`to ${policy.to.join(', ')}`]),
    ...(policy.using === undefined ? [] : [`using (${policy.using})`]),
    ...(check === undefined ? [] : [`with check (${check})`]),
  ].join(' ');
}
