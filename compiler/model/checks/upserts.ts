import type { Entity, Field, NamedFields } from '../app.ts';
import { type Check, type CheckInput, entityPointer } from './check.ts';

/** An upsert finds one row or none: by a unique of all rows, and only where rows may be both created and changed. */
export const checkUpserts: Check = (input) => {
  for (const entity of input.app.entities) {
    if (entity.upsert === undefined) continue;
    checkGrants(input, entity);
    // Names of fields that are none have been reported.
    if (entity.upsert.every((name) => entity.fields.some((field) => field.name === name)))
      checkUnique(input, entity, entity.upsert);
    checkHiddenFields(input, entity);
  }
};

function checkGrants({ reporter }: CheckInput, entity: Entity): void {
  const missing = (['create', 'update'] as const).filter((operation) => !entity.operations.includes(operation));
  if (missing.length === 0) return;
  reporter.report(
    'upsert-without-grants',
    entityPointer(entity, 'upsert'),
    { entity: entity.name, missing: missing.join(' or ') },
    { at: 'key' },
  );
}

function checkUnique({ reporter, document }: CheckInput, entity: Entity, names: readonly string[]): void {
  const uniques = uniquesOf(entity);
  const same = uniques.filter(({ fields }) => fields.toSorted().join() === names.toSorted().join());
  if (same.some(({ where }) => where === undefined)) return;
  const [partial] = same;
  if (partial !== undefined) {
    reporter.report(
      'upsert-by-partial-unique',
      entityPointer(entity, 'upsert'),
      { unique: partial.name },
      {
        related: [
          { pointer: entityPointer(entity, 'unique', partial.name), at: 'key', message: `"${partial.name}" is here` },
        ],
      },
    );
    return;
  }
  if (document.isIncomplete(entityPointer(entity, 'unique'))) return;
  const allowed = uniques.filter(({ where }) => where === undefined).map(({ fields }) => fields.join(', '));
  const one = names.length === 1 ? `add "unique: true" to "${names[0]}"` : 'add a unique of these fields';
  reporter.report(
    'upsert-without-unique',
    entityPointer(entity, 'upsert'),
    { fields: names.join(', '), mend: one },
    { allowed },
  );
}

function uniquesOf(entity: Entity): readonly NamedFields[] {
  const single = entity.fields.filter(({ unique }) => unique).map(({ name }) => ({ name, fields: [name] }));
  return [...single, ...entity.uniques];
}

/** An upsert tells whether a value that never changes is that of the row. */
function checkHiddenFields({ reporter }: CheckInput, entity: Entity): void {
  const isHidden = ({ name, writeOnly, immutable, readOnly }: Field): boolean =>
    writeOnly && immutable && !readOnly && entity.upsert?.includes(name) === false;
  for (const field of entity.fields.filter(isHidden)) {
    reporter.report(
      'upsert-tells-hidden',
      entityPointer(entity, 'upsert'),
      { field: field.name },
      {
        at: 'key',
        related: [
          { pointer: entityPointer(entity, 'fields', field.name), at: 'key', message: `"${field.name}" is here` },
        ],
      },
    );
  }
}
