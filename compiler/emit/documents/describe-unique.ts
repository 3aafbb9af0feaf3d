import type { Condition, Field } from '../../model/app.ts';
import { fieldTypes } from '../../model/field-types.ts';
import { code } from '../text/markdown.ts';

/** What a unique over some fields means: `no two rows have the same ...`, and which rows it does not compare. */
export function describeUnique(fields: readonly Field[], where?: Condition): string {
  const folded = fields.filter(({ type }) => fieldTypes[type].caseInsensitive).map(({ key }) => code(key));
  const empty = fields.filter(isNullable).map(({ key }) => code(key));
  return [
    `no two rows have the same ${fields.map(({ key }) => code(key)).join(' and ')}`,
    ...(folded.length === 0 ? [] : [`${folded.join(' and ')} in any case of letters`]),
    ...(where === undefined ? [] : [`only rows are compared for which ${code(where.text)}`]),
    // SQL's rule: null is no value, so it equals no other.
    ...(empty.length === 0 ? [] : [`rows whose ${empty.join(' or ')} is null are not compared`]),
  ].join('; ');
}

/** The same beside the one field that is unique by itself. */
export function describeOwnUnique(field: Field): readonly string[] {
  if (!field.unique) return [];
  const folded = fieldTypes[field.type].caseInsensitive ? [' in any case of letters'] : [];
  return [`unique${folded.join('')}${isNullable(field) ? ' where it is not null' : ''}`];
}

function isNullable({ optional, many }: Field): boolean {
  return optional && !many;
}
