import type { Entity, Field } from '../../model/app.ts';
import { derivedName } from '../../model/naming.ts';
import { MAX_URL } from '../../model/text-formats.ts';
import type { Check } from './database-schema.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/sql-text.ts';
import { canLeaveYears, withinYears } from './year-range.ts';

/** Which rule of a field a check holds; also the end of its name: `leads_score_min`. */
export type CheckRule =
  'min' | 'max' | 'years' | 'finite' | 'min_length' | 'max_length' | 'max_bytes' | 'format' | 'max_items' | 'no_nulls';

/**
 * The checks of one field. `pattern` is not among them: ECMAScript's and Postgres' regular expressions
 * differ, so the API alone enforces it; so it is with the length and format of each element of an array. Neither are
 * limits of what triggers keep: those are checks over other rows.
 */
export function fieldChecks({ names, checks }: Entity, field: Field): readonly Check[] {
  const late = checks.flatMap(({ limit }) => (limit?.field === field.name ? [limit.rule] : []));
  const rules = fieldRules(field).filter(({ rule }) => !late.some((one) => one === rule));
  return rules.map(({ rule, expression }) => ({
    kind: 'check',
    name: checkName(names.table, field, rule),
    columns: [field.column],
    expression,
  }));
}

/** Name of the check of one rule: `leads_score_min`. */
export function checkName(table: string, field: Field, rule: CheckRule): string {
  return derivedName(table, [field.column], rule);
}

interface FieldRule {
  readonly rule: CheckRule;
  readonly expression: string;
}

/** The rules of a field that the database holds, beyond type and `not null`. */
export function fieldRules(field: Field): readonly FieldRule[] {
  return field.many ? [...boundRules(field), ...arrayRules(field)] : [...boundRules(field), ...scalarRules(field)];
}

function boundRules({ column, type, limits, many }: Field): readonly FieldRule[] {
  const name = quoteIdentifier(column);
  const bounds: FieldRule[] = [];
  const { min, max } = limits;
  if (min !== undefined) {
    const low = boundLiteral(min, type);
    bounds.push({ rule: 'min', expression: many ? `${low} <= all (${name})` : `${name} >= ${low}` });
  }
  if (max !== undefined) {
    const high = boundLiteral(max, type);
    bounds.push({ rule: 'max', expression: many ? `${high} >= all (${name})` : `${name} <= ${high}` });
  }
  // `NaN` and the infinities have no JSON. Postgres sorts NaN above all, so two bounds keep it out.
  if (type === 'number' && (min === undefined || max === undefined)) {
    const expression = many
      ? `'-Infinity' < all (${name}) and 'Infinity' > all (${name})`
      : `${name} > '-Infinity' and ${name} < 'Infinity'`;
    bounds.push({ rule: 'finite', expression });
  }
  return bounds;
}

const MOMENTS: readonly Field['type'][] = ['date', 'time', 'datetime'];

function boundLiteral(bound: number | string, type: Field['type']): string {
  return MOMENTS.includes(type) ? quoteLiteral(String(bound)) : String(bound);
}

function scalarRules(field: Field): readonly FieldRule[] {
  const { column, type, limits } = field;
  const name = quoteIdentifier(column);
  const rules: FieldRule[] = [];
  if (limits.minLength !== undefined && limits.minLength > 0) {
    rules.push({ rule: 'min_length', expression: `char_length(${name}) >= ${limits.minLength}` });
  }
  if (type === 'text' && limits.maxLength !== undefined) {
    rules.push({ rule: 'max_length', expression: `char_length(${name}) <= ${limits.maxLength}` });
  }
  if (canLeaveYears(field)) rules.push({ rule: 'years', expression: withinYears(type, name) });
  // A valid URL is ASCII, and so it always fits an index.
  if (type === 'url') rules.push({ rule: 'max_bytes', expression: `octet_length(${name}) <= ${MAX_URL}` });
  if (type === 'phone') rules.push({ rule: 'format', expression: `${name} ~ '^\\+[1-9][0-9]{6,14}$'` });
  return rules;
}

function arrayRules({ column, limits }: Field): readonly FieldRule[] {
  const name = quoteIdentifier(column);
  const size = { rule: 'max_items', expression: `cardinality(${name}) <= ${limits.maxItems}` } as const;
  const nulls = { rule: 'no_nulls', expression: `array_position(${name}, null) is null` } as const;
  return limits.maxItems === undefined ? [nulls] : [size, nulls];
}
