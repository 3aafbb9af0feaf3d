import { z } from '@hono/zod-openapi';
import { sql, type Expression, type SqlBool } from 'kysely';
import type { Text } from '../database/database.ts';
import { arrayLiteral } from './codecs.ts';
import { param } from './statements.ts';

export type FilterOperator = 'eq' | 'ne' | 'in' | 'gt' | 'gte' | 'lt' | 'lte' | 'contains' | 'null';

/** Most values one `[in]` takes. */
const MAX_IN = 100;

/** One filterable field as compiled text declares it. */
export interface FilterSpec {
  readonly value: z.core.$ZodType;
  readonly operators: readonly FilterOperator[];
  /** Of an array: `contains` asks for an item. */
  readonly isArray?: true;
}

/** Declares which comparisons a list offers for a field; `value` says what a comparable value is. */
export function filter(value: z.core.$ZodType, ...operators: readonly FilterOperator[]): FilterSpec {
  return { value, operators };
}

/** Declares that a list offers to look for an item in an array; `value` says what an item is. */
export function arrayFilter(value: z.core.$ZodType): FilterSpec {
  return { value, operators: ['contains'], isArray: true };
}

/** Where a filter looks: a column, or its lower-case form. */
export interface FilterColumn {
  readonly column: string;
  readonly lower?: boolean;
  readonly isArray?: boolean;
  /** References on the way there: the column that holds the id, and the table that it leads to. */
  readonly through?: readonly (readonly [column: string, table: string])[];
}

/** A condition of one request, its value already Postgres text. */
export interface FilterTerm {
  readonly key: string;
  readonly operator: FilterOperator;
  readonly value: Text;
}

/** The query parameter of a comparison: `status`, `score[gte]`; a key that names a parameter of the list is `limit[eq]`. */
export function filterParameter(key: string, operator: FilterOperator, reserved: ReadonlySet<string>): string {
  return operator === 'eq' && !reserved.has(key) ? key : `${key}[${operator}]`;
}

/** Reads one query parameter into Postgres text. */
export function filterSchema({ value, isArray }: FilterSpec, operator: FilterOperator): z.ZodType<Text> {
  switch (operator) {
    case 'null':
      return z.string().check(checkValue(z.boolean()));
    case 'in':
      return listOf(value);
    case 'contains':
      if (isArray)
        return z
          .string()
          .check(checkValue(value))
          .transform((text) => arrayLiteral([text]));
      return z.string().check(checkPart).transform(containsPattern);
    default:
      return z.string().check(checkValue(value));
  }
}

function listOf(value: z.core.$ZodType): z.ZodType<Text> {
  const check = checkValue(value);
  return z
    .string()
    .check((context) => {
      const items = context.value.split(',');
      if (items.length > MAX_IN) {
        context.issues.push(refused(`must have at most ${MAX_IN} values`, context.value));
        return;
      }
      for (const item of items) check({ value: item, issues: context.issues });
    })
    .transform((text) => arrayLiteral(text.split(',')));
}

/** Numbers and booleans arrive as text: strict decimals and `true` or `false`, nothing else. */
function checkValue(schema: z.core.$ZodType): (context: z.core.ParsePayload<string>) => void {
  const type = schema._zod.def.type;
  return (context) => {
    const candidate =
      type === 'number'
        ? strictNumber(context.value)
        : type === 'boolean'
          ? strictBoolean(context.value)
          : context.value;
    const outcome = z.safeParse(schema, candidate);
    if (!isStorable(context.value))
      context.issues.push(refused('must not contain NUL or unpaired surrogates', context.value));
    else if (!outcome.success)
      context.issues.push(...outcome.error.issues.map((issue) => issueOf(issue, type, context.value)));
  };
}

/** Most characters that `[contains]` looks for. */
const MAX_PART = 255;

function checkPart(context: z.core.ParsePayload<string>): void {
  const length = [...context.value].length;
  if (length < 1 || length > MAX_PART)
    context.issues.push(refused(`must have 1 to ${MAX_PART} characters`, context.value));
  else checkValue(z.string())(context);
}

function strictNumber(text: string): number | string {
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d{1,3})?$/.test(text) ? Number(text) : text;
}

function strictBoolean(text: string): boolean | string {
  return text === 'true' ? true : text === 'false' ? false : text;
}

/** Whether Postgres takes the text. */
export function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

/** The issue of the field's own schema, in words that fit text in a query. */
function issueOf(issue: z.core.$ZodIssue, type: string, input: string): z.core.$ZodRawIssue {
  if (issue.code === 'invalid_value') return refused(`must be one of ${issue.values.map(String).join(', ')}`, input);
  if (type === 'boolean') return refused('must be true or false', input);
  return refused(type === 'number' ? 'must be a number in range' : issue.message, input);
}

function refused(message: string, input: string): z.core.$ZodRawIssue {
  return { code: 'custom', params: { code: 'filter' }, message, input };
}

function containsPattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/**
 * The SQL of one condition. `ne` holds for null too: null is a value that differs. Over an empty reference
 * the value is null.
 */
export function filterCondition(term: FilterTerm, filterColumn: FilterColumn, schema: string): Expression<SqlBool> {
  const holdsForNull = term.operator === 'ne' || (term.operator === 'null' && term.value === 'true');
  return (filterColumn.through ?? []).reduceRight(
    (condition, [column, table]) => {
      const found = sql<SqlBool>`${sql.id(column)} in (select id from ${sql.id(schema, table)} where ${condition})`;
      return holdsForNull ? sql<SqlBool>`(${sql.id(column)} is null or ${found})` : found;
    },
    comparison(term, filterColumn),
  );
}

function comparison(
  { key, operator, value }: FilterTerm,
  { column, lower, isArray }: FilterColumn,
): Expression<SqlBool> {
  const raw = sql.ref(column);
  const left = lower ? sql`lower(${raw})` : raw;
  const hole = param(parameterName(key, operator));
  const right = lower ? sql`lower(${hole})` : hole;
  switch (operator) {
    case 'eq':
      return sql<SqlBool>`${left} = ${right}`;
    case 'ne':
      return sql<SqlBool>`${left} is distinct from ${right}`;
    case 'gt':
      return sql<SqlBool>`${left} > ${right}`;
    case 'gte':
      return sql<SqlBool>`${left} >= ${right}`;
    case 'lt':
      return sql<SqlBool>`${left} < ${right}`;
    case 'lte':
      return sql<SqlBool>`${left} <= ${right}`;
    case 'in':
      return lower ? sql<SqlBool>`${left} = any(lower(${hole})::text[])` : sql<SqlBool>`${left} = any(${hole})`;
    case 'contains':
      return isArray ? sql<SqlBool>`${raw} @> ${hole}` : sql<SqlBool>`${raw} ilike ${hole}`;
    case 'null':
      // As the index has it.
      return value === 'true' ? sql<SqlBool>`${left} is null` : sql<SqlBool>`${left} is not null`;
    default:
      return operator satisfies never;
  }
}

/** Name of the hole that a filter's value fills. */
export function parameterName(key: string, operator: FilterOperator): string {
  return `filter ${key} ${operator}`;
}
