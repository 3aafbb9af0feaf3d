import type { App, Condition, Field, Literal } from '../../model/app.ts';
import { fieldTypeOf } from '../../model/field-types.ts';
import { valueSql } from '../expression/expression-sql.ts';
import { immutablePlace, sqlPlace } from '../expression/sql-place.ts';
import { enclose } from '../expression/sql-writer.ts';
import type { Column, ColumnType } from './database-schema.ts';
import { quoteLiteral } from '../sql/sql-text.ts';

/** The column that a field is stored in. */
export function fieldColumn(app: App, field: Field): Column {
  return {
    name: field.column,
    type: columnType(field),
    notNull: !field.optional || field.many,
    ...(field.computed?.reads === 'row' && {
      generated: { expression: valueSql(field.computed.expression, immutablePlace(app)), stored: true },
    }),
    ...(field.sequence && { identity: { generation: 'always' as const } }),
    ...(field.default !== undefined && field.default !== null && { default: literalExpression(field.default, field) }),
    ...(field.preset !== undefined && { default: presetExpression(app, field.preset) }),
  };
}

/** What a row has that is created without a value, as SQL. */
export function presetExpression(app: App, { expression }: Condition): string {
  return enclose(valueSql(expression, sqlPlace(app, '')));
}

function columnType(field: Field): ColumnType {
  const array = field.many ? ({ array: true } as const) : {};
  const builtIn = fieldTypeOf(field).postgres(field.limits);
  if (builtIn !== undefined) return { name: builtIn, ...array };
  if (field.enum === undefined) throw new Error(`field ${field.name} has neither a type nor values`);
  return { name: field.enum.typeName, enum: true, ...array };
}

/** A value of the field as SQL: what a column's default says, and a backfill. */
export function literalExpression(value: Literal, field: Field): string {
  if (!field.many) return scalarExpression(value, field);
  return quoteLiteral(arrayText(Array.isArray(value) ? value : [value], field));
}

function scalarExpression(value: Literal, field: Field): string {
  if (typeof value === 'number' && field.type !== 'json') return String(value);
  if (typeof value === 'boolean' && field.type !== 'json') return String(value);
  return isNumeric(value, field) ? String(value) : quoteLiteral(elementText(value, field));
}

function isNumeric(value: Literal, field: Field): boolean {
  return (field.type === 'bigint' || field.type === 'decimal') && /^-?\d+(\.\d+)?$/.test(String(value));
}

/** Postgres' text form of one value. */
function elementText(value: Literal, field: Field): string {
  return field.type === 'json' || typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `{"a","b"}`, each element quoted. */
function arrayText(values: readonly Literal[], field: Field): string {
  const elements = values.map((value) => `"${elementText(value, field).replace(/["\\]/g, '\\$&')}"`);
  return `{${elements.join(',')}}`;
}
