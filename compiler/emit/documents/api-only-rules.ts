import type { Field, FieldTypeName } from '../../model/app.ts';
import { fieldRules } from '../../plan/database/field-checks.ts';

/** The rules of a field that no constraint of the database repeats, each as a few words. */
export function apiOnlyRules(field: Field): readonly string[] {
  const checks = new Set(fieldRules(field).map(({ rule }) => rule));
  const { minLength, maxLength, pattern } = field.limits;
  // A `string` column has its greatest length by its type, each element of a list too.
  const holdsMost = field.type === 'string' || checks.has('max_length') || maxLength === undefined;
  const holdsLeast = minLength === undefined || checks.has('min_length');
  const isTextual = field.type === 'string' || field.type === 'text';
  return [
    ...(isTextual && !(holdsLeast && holdsMost) ? ['length'] : []),
    ...(FORMED.includes(field.type) && !checks.has('format') ? ['form'] : []),
    ...(pattern === undefined ? [] : ['pattern']),
    ...(field.schema === undefined ? [] : ['JSON schema']),
    ...placesRules(field),
  ];
}

/** Where a field may not stand. */
function placesRules({ immutable, readOnly, writeOnly }: Field): readonly string[] {
  return [
    ...(immutable && !readOnly ? ['set on create only'] : []),
    ...(readOnly ? ['never in a body'] : []),
    ...(writeOnly ? ['never in an answer'] : []),
  ];
}

/** Types whose columns are plain text, which knows nothing of their form. */
const FORMED: readonly FieldTypeName[] = ['email', 'phone', 'timeZone', 'url'];
