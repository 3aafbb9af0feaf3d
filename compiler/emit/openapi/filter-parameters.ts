import type { Field } from '../../model/app.ts';
import type { FilterOperator, JsonSchema } from '../../model/field-types.ts';
import { fieldExample } from '../../plan/examples.ts';
import type { ResourceFilter } from '../../plan/filters.ts';
import { elementSchema } from './field-schema.ts';

/** Most values of one `[in]`; the runtime refuses more. */
const MAX_IN = 100;

/** Longest text of one `[contains]`. */
const MAX_CONTAINS = 255;

const MEANING: Readonly<Record<FilterOperator, string>> = {
  eq: 'is',
  ne: 'is not; a row without a value is listed',
  in: 'is one of these',
  gt: 'is more than',
  gte: 'is at least',
  lt: 'is less than',
  lte: 'is at most',
  contains: 'contains this text, in any case of letters',
  null: 'has no value (`true`) or has one (`false`)',
};

/** Every query parameter one filter offers. */
export function filterParameters(filter: ResourceFilter): readonly JsonSchema[] {
  return filter.operators.map((operator) => ({
    name: filterParameterName(filter, operator),
    in: 'query',
    description: `Rows whose \`${filter.key}\` ${filter.field?.many ? 'has this item' : MEANING[operator]}.`,
    ...(operator === 'in' && { style: 'form', explode: false }),
    schema: filterSchema(filter, operator),
  }));
}

/** `status` for equality, `status[ne]` for the others; a key that the list itself uses is always bracketed. */
export function filterParameterName({ key, reserved }: ResourceFilter, operator: FilterOperator): string {
  return operator === 'eq' && !reserved ? key : `${key}[${operator}]`;
}

function filterSchema({ field }: ResourceFilter, operator: FilterOperator): JsonSchema {
  switch (operator) {
    case 'null':
      return { type: 'boolean' };
    case 'contains':
      if (field?.many) return valueSchema(field);
      return { type: 'string', minLength: 1, maxLength: MAX_CONTAINS };
    case 'in':
      return { type: 'array', items: valueSchema(field), minItems: 1, maxItems: MAX_IN };
    default:
      return valueSchema(field);
  }
}

function valueSchema(field: Field | undefined): JsonSchema {
  if (field === undefined) return { type: 'string', format: 'date-time', maxLength: 32 };
  const examples = [fieldExample(field) ?? []].flat();
  return { ...elementSchema(field), ...(examples.length > 0 && { examples }) };
}
