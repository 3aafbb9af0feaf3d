import { pointer } from '../../diagnostics/json-pointer.ts';
import type { Reporter } from '../../diagnostics/reporter.ts';
import type { Cast, Field, FieldPlace } from '../app.ts';
import { literalProblem, type ValueRules } from '../literal.ts';
import type { Check } from './check.ts';
import { isSoundSchema } from './json-schemas.ts';

/** The `migration` block speaks of fields that are there, in values that they take. */
export const checkMigrationNotes: Check = ({ app, reporter }) => {
  const { backfills = [], values = [], casts = [] } = app.migration ?? {};
  for (const { field: place, cast } of casts) {
    const at = pointer('migration', 'cast', `${place.entity}.${place.field}`);
    const field = fieldAt(app.entities, place);
    if (field === undefined) reporter.report('unknown-migrated-field', at, nameOf(place), { at: 'key' });
    else checkCast(cast, { at, field, subject: nameOf(place).subject }, reporter);
  }
  for (const { field: place, value } of backfills) {
    const at = pointer('migration', 'backfill', `${place.entity}.${place.field}`);
    const field = fieldAt(app.entities, place);
    if (field === undefined) reporter.report('unknown-migrated-field', at, nameOf(place), { at: 'key' });
    else {
      const problem = literalProblem(rulesOf(field), value);
      if (problem !== undefined) {
        const { detail, hint, at: part = '' } = problem;
        reporter.report('invalid-backfill', at + part, {
          ...nameOf(place),
          value: JSON.stringify(value),
          detail,
          hint,
        });
      }
    }
  }
  for (const { field: place, from, to } of values) {
    const at = pointer('migration', 'values', `${place.entity}.${place.field}`);
    const field = fieldAt(app.entities, place);
    if (field?.enum === undefined) reporter.report('unknown-migrated-field', at, nameOf(place), { at: 'key' });
    else if (!field.enum.values.includes(to)) {
      reporter.report(
        'unknown-new-value',
        at + pointer(from),
        { ...nameOf(place), value: to },
        { allowed: field.enum.values },
      );
    }
  }
};

interface CastPlace {
  readonly at: string;
  readonly field: Field;
  readonly subject: string;
}

/** New values are some of the field; which casts fit its old type is known to the history alone. */
function checkCast(cast: Cast, { at, field, subject }: CastPlace, reporter: Reporter): void {
  if (cast.kind === 'timeZone') {
    const zone = { type: 'timeZone', limits: {}, many: false } as const;
    const problem = literalProblem(zone, cast.zone);
    if (problem !== undefined)
      reporter.report('invalid-cast', `${at}/timeZone`, { subject, value: cast.zone, ...problem });
  }
  if (cast.kind !== 'values') return;
  for (const { from, to } of cast.values) {
    const problem = literalProblem(rulesOf(field), to);
    if (problem === undefined) continue;
    const value = JSON.stringify(to);
    reporter.report('invalid-cast', `${at}/values${pointer(from)}`, { subject, value, ...problem });
  }
}

/** `valuesWere` renames values that are there. */
export const checkFormerValues: Check = ({ app, reporter }) => {
  for (const entity of app.entities) {
    for (const field of entity.fields) {
      for (const { value } of field.enum?.were ?? []) {
        if (field.enum?.values.includes(value) === true) continue;
        const at = pointer('entities', entity.name, 'fields', field.name, 'valuesWere', value);
        const params = { subject: `${entity.name}.${field.name}`, value };
        reporter.report('unknown-new-value', at, params, { at: 'key', allowed: field.enum?.values ?? [] });
      }
    }
  }
};

interface NamedFields {
  readonly name: string;
  readonly fields: readonly Field[];
}

function fieldAt(entities: readonly NamedFields[], { entity, field }: FieldPlace): Field | undefined {
  return entities.find(({ name }) => name === entity)?.fields.find(({ name }) => name === field);
}

function nameOf({ entity, field }: FieldPlace): { readonly subject: string } {
  return { subject: `${entity}.${field}` };
}

function rulesOf({ type, many, limits, schema, reference, links, enum: values }: Field): ValueRules {
  return {
    type,
    many,
    limits,
    ...(reference !== undefined && { reference }),
    ...(links !== undefined && { links }),
    ...(values !== undefined && { enum: values }),
    ...(schema !== undefined && isSoundSchema(schema) && { schema }),
  };
}
