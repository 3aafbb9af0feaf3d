import type { Entity, Field } from '../model/app.ts';
import { MAX_URL_BYTES } from './field-checks.ts';

/** What the named keys of one index may take: 2,704 is a btree's limit, less the header, a moment, an id and padding. */
export const MAX_INDEX_BYTES = 2600;

/** A value's header in an index row. */
const HEADER = 4;

/** The most bytes that a field takes in an index; infinite where nothing bounds it. */
export function fieldWidth(entity: Entity, name: string): number {
  const field = entity.fields.find((candidate) => candidate.name === name);
  if (field === undefined) return 8;
  return field.many ? Infinity : scalarWidth(field);
}

function scalarWidth({ type, limits }: Field): number {
  switch (type) {
    case 'string':
    case 'text':
      return limits.maxLength === undefined ? Infinity : limits.maxLength * 4 + HEADER;
    case 'email':
      return 254 * 4 + HEADER;
    case 'url':
      return MAX_URL_BYTES + HEADER;
    case 'timeZone':
      return 64 * 4 + HEADER;
    case 'decimal':
      return Math.ceil((limits.precision ?? 19) / 2) + 8 + HEADER;
    case 'json':
      return Infinity;
    default:
      return 16 + HEADER;
  }
}
