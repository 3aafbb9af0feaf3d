import type { App } from '../../compiler/model/app.ts';
import { buildField } from '../../compiler/model/build-field.ts';
import type { FieldSpec } from '../../compiler/spec/spec.ts';

/** A field called `value` of an entity `Thing`, as the compiler builds it. */
export function makeField(spec: FieldSpec): App['entities'][number]['fields'][number] {
  return buildField('Thing', 'value', spec);
}
