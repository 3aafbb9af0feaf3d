import type { Entity } from '../../model/app.ts';
import type { Column, DatabaseSchema, Table } from '../../plan/database/database-schema.ts';
import type { Emitter } from '../emitter.ts';
import { joined, lines, raw, ts, typeSymbol, type Fragment } from '../text/fragment.ts';
import { doc, ident, prop, str } from '../text/quote.ts';
import { sourceFile } from '../text/source-file.ts';
import { tableNamed } from '../../plan/database/table-named.ts';

const columnType = typeSymbol('ColumnType', 'kysely');

/**
 * `database.ts`: the Kysely types of the schema, in kysely-codegen's vocabulary but one item a line
 * and in an order that no locale changes. A test compares them with what kysely-codegen introspects.
 */
export const emitDatabase: Emitter = ({ app, schema }) => {
  const sections = [
    ...vocabulary(),
    ...schema.enums.map(({ name, values }) => enumType(name, values)),
    ...app.entities.map((entity) => tableInterface(entity, tableOf(schema, entity))),
    ts`/** Tables of the schema, as Kysely sees them. */
export interface DB {
  ${lines(app.entities.map((entity) => ts`${prop(entity.names.table)}: ${interfaceName(entity)};`))}
}`,
  ];
  return [sourceFile('app/database.ts', joined(sections, '\n\n'))];
};

function tableOf(schema: DatabaseSchema, entity: Entity): Table {
  const table = tableNamed(schema.tables, entity.names.table);
  if (table === undefined) throw new TypeError(`No table was planned for ${entity.name}.`);
  return table;
}

function interfaceName(entity: Entity): Fragment {
  return ident(`${entity.name}Table`);
}

function tableInterface(entity: Entity, table: Table): Fragment {
  return ts`${doc(`Table ${table.name}.`)}
export interface ${interfaceName(entity)} {
  ${lines(table.columns.map((column) => ts`${prop(column.name)}: ${typeOf(column, isMaintained(entity, column))};`))}
}`;
}

function enumType(name: string, values: readonly string[]): Fragment {
  return ts`export type ${enumIdentifier(name)} =
  ${lines(values.map((value, index) => ts`| ${str(value)}${raw(index === values.length - 1 ? ';' : '')}`))}`;
}

/** `lead_status` to `LeadStatus`. */
function enumIdentifier(name: string): Fragment {
  const parts = name.split('_').map((part) => part.slice(0, 1).toUpperCase() + part.slice(1));
  return ident(`${parts.join('')}Value`);
}

/** Postgres type to the TypeScript type that Kysely's users see; anything else is a string. */
const SCALARS: Readonly<Record<string, string>> = {
  integer: 'number',
  bigint: 'Int8',
  'double precision': 'number',
  boolean: 'boolean',
  date: 'Timestamp',
  'timestamp with time zone': 'Timestamp',
  jsonb: 'Json',
};

function scalarOf({ type }: Column): string {
  return type.name.startsWith('numeric') ? 'Numeric' : (SCALARS[type.name] ?? 'string');
}

/** Set by a trigger, so that whoever inserts a row may leave it out. */
function isMaintained({ fields }: Entity, { name }: Column): boolean {
  return fields.some(({ column, computed }) => column === name && computed?.reads === 'others');
}

function typeOf(column: Column, isSet: boolean): Fragment {
  const scalar = column.type.enum ? enumIdentifier(column.type.name) : raw(scalarOf(column));
  const isAlias = !column.type.enum && /^[A-Z]/.test(scalarOf(column));
  const many = isAlias ? ts`ArrayType<${scalar}>` : ts`${scalar}[]`;
  const value = column.type.array ? many : scalar;
  const nullable = column.notNull ? value : ts`${value} | null`;
  const isGiven = column.default === undefined && !column.identity && !column.generated && !isSet;
  return isGiven ? nullable : ts`Generated<${nullable}>`;
}

/** Declared always, so that the first decimal column does not bring a second change with it. */
function vocabulary(): readonly Fragment[] {
  return [
    ts`export type Generated<T> =
  T extends ${columnType}<infer S, infer I, infer U> ? ${columnType}<S, I | undefined, U> : ${columnType}<T, T | undefined, T>;`,
    ts`export type ArrayType<T> =
  T extends ${columnType}<infer S, infer I, infer U> ? ${columnType}<S[], I[], U[]> : T[];`,
    ts`export type Int8 = ${columnType}<string, bigint | number | string, bigint | number | string>;`,
    ts`export type Numeric = ${columnType}<string, number | string, number | string>;`,
    ts`export type Timestamp = ${columnType}<Date, Date | string, Date | string>;`,
    ts`export type Json = JsonValue;`,
    ts`export type JsonValue = boolean | number | string | null | JsonValue[] | { [key: string]: JsonValue | undefined };`,
  ];
}
