import type { Entity, Field } from '../../model/app.ts';
import { derivedName } from '../../model/naming.ts';
import { isFoundByPart } from '../filters.ts';
import type { Extension, Index } from './database-schema.ts';

/** Finds parts of texts by the groups of three letters in them. */
const EXTENSION: Extension = { name: 'pg_trgm' };
const OPERATOR_CLASS = 'gin_trgm_ops';

/**
 * The indexes of fields that lists look into with `contains`, of this entity and of others over references:
 * `leads_name_part_idx`. `followed` are the names of fields that other lists filter by.
 */
export function partIndexes(entity: Entity, followed: readonly string[]): readonly Index[] {
  return searchedFields(entity, followed).map(({ column }) => ({
    name: derivedName(entity.names.table, [column, 'part'], 'idx'),
    method: 'gin',
    keys: [{ column, operatorClass: OPERATOR_CLASS, extension: EXTENSION.name }],
  }));
}

function searchedFields({ operations, list, fields }: Entity, followed: readonly string[]): readonly Field[] {
  const own = operations.includes('read') && list.findsParts ? list.filter : [];
  const names = new Set([...own, ...followed]);
  return fields.filter((field) => names.has(field.name) && isFoundByPart(field));
}

/** What those indexes need. */
export function partExtensions(indexes: readonly Index[]): readonly Extension[] {
  const isNeeded = indexes.some(({ keys }) => keys.some(({ extension }) => extension === EXTENSION.name));
  return isNeeded ? [EXTENSION] : [];
}
