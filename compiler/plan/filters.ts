import type { App, Entity, Field } from '../model/app.ts';
import { fieldTypes, type FilterOperator } from '../model/field-types.ts';
import { linkSteps } from '../model/link-step.ts';

/** What a list can be filtered by. */
export interface ResourceFilter {
  /** Query parameter: `key` for `eq`, `key[op]` for the others. */
  readonly key: string;
  readonly column: string;
  readonly operators: readonly FilterOperator[];
  /** Compare `lower(column)` with the lowered value. */
  readonly caseInsensitive: boolean;
  /** `eq` must be spelled `key[eq]`: the bare key is a parameter of the list itself. */
  readonly reserved: boolean;
  readonly field?: Field;
  /** References on the way to the column, the first of the entity's own; empty for its own fields. */
  readonly through: readonly Through[];
}

/** One reference on the way to a filter's column. */
export interface Through {
  /** Holds the id. */
  readonly column: string;
  readonly nullable: boolean;
  readonly target: Entity;
}

/** Query parameters that a list itself takes, now or when the language is complete. */
export const RESERVED_PARAMETERS: readonly string[] = [
  'limit',
  'cursor',
  'sort',
  'search',
  'expand',
  'fields',
  'count',
];

/** The filters that an entity's list offers. */
export function planFilters(app: App, entity: Entity): readonly ResourceFilter[] {
  return entity.list.filter.map((path) => filterOf(app, entity, path));
}

/** Whether a text is looked into with `contains`, by an index of its own; an array's items are another matter. */
export function isFoundByPart({ type, many }: Field): boolean {
  return !many && fieldTypes[type].filters.includes('contains');
}

/** Comparisons of a field, or of a time that every row has; `isBehindEmpty`: a reference on the way may be empty. */
function operatorsOf({ list }: Entity, field: Field | undefined, isBehindEmpty: boolean): readonly FilterOperator[] {
  if (field?.many) return ['contains'];
  const { filters } = fieldTypes[field?.type ?? 'datetime'];
  const offered = list.findsParts ? filters : filters.filter((operator) => operator !== 'contains');
  return field?.optional === true || isBehindEmpty ? [...offered, 'null'] : offered;
}

function filterOf(app: App, entity: Entity, path: string): ResourceFilter {
  const names = path.split('.');
  const steps = linkSteps(app, entity, names.slice(0, -1).join('.'));
  const name = names.at(-1) ?? '';
  const owner = steps.at(-1)?.to ?? entity;
  const field = owner.fields.find((candidate) => candidate.name === name);
  const type = fieldTypes[field?.type ?? 'datetime'];
  const key = [...names.slice(0, -1), field?.key ?? name].join('.');
  return {
    key,
    column: field?.column ?? (name === 'createdAt' ? 'created_at' : 'updated_at'),
    operators: operatorsOf(
      entity,
      field,
      steps.some((step) => step.field.optional),
    ),
    caseInsensitive: type.caseInsensitive,
    reserved: RESERVED_PARAMETERS.includes(key),
    ...(field && { field }),
    through: steps.map((step) => ({ column: step.field.column, nullable: step.field.optional, target: step.to })),
  };
}
