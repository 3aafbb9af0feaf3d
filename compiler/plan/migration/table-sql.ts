import type {
  Column,
  ColumnType,
  Constraint,
  Exclusion,
  ForeignKey,
  ReferentialAction,
} from '../database/database-schema.ts';
import { keySql } from './index-sql.ts';
import { dollarQuote, qualify, quoteIdentifier, quoteIdentifiers, quoteLiteral } from '../sql/sql-text.ts';
import type { NewTable } from './operations.ts';

/** `create table` with one column or constraint a line. */
export function createTableSql(schema: string, table: NewTable): string {
  const lines = [
    ...table.columns.map((column) => columnSql(schema, column)),
    ...table.constraints.map((constraint) => constraintSql(schema, constraint)),
  ];
  const name = qualify(schema, table.name);
  const create = `create table ${name} (\n${lines.map((line) => `  ${line}`).join(',\n')}\n);`;
  return table.internal === true ? `${create}\n${revokeSql(name)}` : create;
}

/** Supabase grants new tables of `public` to its API's roles; a plain Postgres has none of them. */
function revokeSql(table: string): string {
  const body = [
    'declare',
    '  api_role text;',
    'begin',
    "  for api_role in select rolname from pg_catalog.pg_roles where rolname in ('anon', 'authenticated') loop",
    `    execute pg_catalog.format('revoke all on %s from %I', ${quoteLiteral(table)}, api_role);`,
    '  end loop;',
    'end',
  ];
  return `revoke all on ${table} from public;\ndo ${dollarQuote(body)};`;
}

/** `score integer not null default 0`. */
export function columnSql(schema: string, column: Column): string {
  return [
    quoteIdentifier(column.name),
    typeSql(schema, column.type),
    ...(column.collation === undefined ? [] : [`collate ${quoteIdentifier(column.collation)}`]),
    ...(column.generated === undefined ? [] : [`generated always as (${column.generated.expression}) stored`]),
    ...(column.identity === undefined ? [] : [identitySql(column.identity)]),
    ...(column.notNull ? ['not null'] : []),
    ...(column.default === undefined ? [] : [`default ${column.default}`]),
  ].join(' ');
}

/** `public.lead_status[]`. */
export function typeSql(schema: string, type: ColumnType): string {
  const name = type.enum === true ? qualify(schema, type.name) : type.name;
  return type.array === true ? `${name}[]` : name;
}

/** `generated always as identity (start with 5)`. */
export function identitySql({ generation, start, increment }: NonNullable<Column['identity']>): string {
  const options = [
    ...(start === undefined ? [] : [`start with ${start}`]),
    ...(increment === undefined ? [] : [`increment by ${increment}`]),
  ];
  const head = `generated ${generation === 'always' ? 'always' : 'by default'} as identity`;
  return options.length === 0 ? head : `${head} (${options.join(' ')})`;
}

/** `constraint leads_score_min check (score >= 0)`. */
export function constraintSql(schema: string, constraint: Constraint): string {
  return `constraint ${quoteIdentifier(constraint.name)} ${constraintBody(schema, constraint)}`;
}

function constraintBody(schema: string, constraint: Constraint): string {
  switch (constraint.kind) {
    case 'primaryKey':
      return `primary key (${quoteIdentifiers(constraint.columns)})`;
    case 'unique': {
      const nulls = constraint.nullsNotDistinct === true ? ' nulls not distinct' : '';
      return `unique${nulls} (${quoteIdentifiers(constraint.columns)})${deferrableSql(constraint)}`;
    }
    case 'check':
      return `check (${constraint.expression})${validitySql(constraint)}`;
    case 'foreignKey':
      return foreignKeySql(schema, constraint);
    case 'exclusion':
      return exclusionSql(constraint);
    default:
      return constraint satisfies never;
  }
}

function foreignKeySql(schema: string, key: ForeignKey): string {
  const target = `${qualify(schema, key.references.table)} (${quoteIdentifiers(key.references.columns)})`;
  const onDelete = key.onDelete === undefined ? '' : ` on delete ${ACTIONS[key.onDelete]}`;
  const onUpdate = key.onUpdate === undefined ? '' : ` on update ${ACTIONS[key.onUpdate]}`;
  const head = `foreign key (${quoteIdentifiers(key.columns)}) references ${target}`;
  return `${head}${onDelete}${onUpdate}${deferrableSql(key)}${validitySql(key)}`;
}

const ACTIONS: Readonly<Record<ReferentialAction, string>> = {
  restrict: 'restrict',
  cascade: 'cascade',
  setNull: 'set null',
  setDefault: 'set default',
};

function exclusionSql({ method, elements, where, ...rest }: Exclusion): string {
  const list = elements.map(({ key, operator }) => `${keySql(key)} with ${operator}`).join(', ');
  return `exclude using ${method} (${list})${where === undefined ? '' : ` where (${where})`}${deferrableSql(rest)}`;
}

function deferrableSql({ deferrable }: Pick<Exclusion, 'deferrable'>): string {
  if (deferrable === undefined) return '';
  return deferrable === 'initiallyDeferred' ? ' deferrable initially deferred' : ' deferrable';
}

function validitySql({ notValid }: { readonly notValid?: true }): string {
  return notValid === true ? ' not valid' : '';
}
