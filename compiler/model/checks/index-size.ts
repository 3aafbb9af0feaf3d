import type { Entity, Field } from '../app.ts';
import { MAX_EMAIL, MAX_TIME_ZONE, MAX_URL } from '../text-formats.ts';
import { type Check, entityPointer } from './check.ts';

/** A B-tree entry holds some 2,700 bytes; the rest is for the id at its end and for headers. */
const MOST_BYTES = 2600;
/** Of one Unicode code point in UTF-8. */
const BYTES_A_CHARACTER = 4;
const FIXED_BYTES = 32;
/** Of `numeric(100)`, generously. */
const DECIMAL_BYTES = 64;

/** One thing that becomes an index, and where the author said so. */
interface IndexedFields {
  readonly pointer: string;
  readonly at?: 'key';
  readonly fields: readonly Field[];
}

/** What is unique, filtered, sorted or indexed fits into an index entry, whatever its text. */
export const checkIndexSizes: Check = ({ app, spec, reporter }) => {
  for (const entity of app.entities) {
    for (const { pointer, at, fields } of indexedFields(entity, spec.entities[entity.name]?.list ?? {})) {
      const bytes = fields.reduce((sum, field) => sum + keyBytes(field), 0);
      if (bytes <= MOST_BYTES) continue;
      const texts = fields.filter((field) => field.type === 'string' || field.type === 'text');
      const rest =
        MOST_BYTES - fields.filter((field) => !texts.includes(field)).reduce((sum, field) => sum + keyBytes(field), 0);
      const limit = Math.floor(rest / BYTES_A_CHARACTER / Math.max(1, texts.length));
      const names = fields.map((field) => `"${field.name}"`).join(', ');
      reporter.report(
        'too-long-to-index',
        pointer,
        { fields: names, limit: Math.max(1, limit) },
        at === undefined ? {} : { at },
      );
    }
  }
};

function indexedFields(
  entity: Entity,
  list: { readonly filter?: readonly string[]; readonly sort?: readonly string[] },
): readonly IndexedFields[] {
  const named = (names: readonly string[]): readonly Field[] =>
    entity.fields.filter((field) => names.includes(field.name));
  const single = (key: 'filter' | 'sort'): readonly IndexedFields[] =>
    (list[key] ?? []).map((name, index) => ({
      pointer: entityPointer(entity, 'list', key, index),
      fields: named([name]),
    }));
  return [
    ...entity.fields
      .filter((field) => field.unique && !field.many)
      .map((field) => ({
        pointer: entityPointer(entity, 'fields', field.name, 'unique'),
        at: 'key' as const,
        fields: [field],
      })),
    ...single('filter'),
    ...single('sort'),
    ...entity.uniques.map(({ name, fields }) => ({
      pointer: entityPointer(entity, 'unique', name),
      at: 'key' as const,
      fields: named(fields),
    })),
    ...entity.indexes.map(({ name, fields }) => ({
      pointer: entityPointer(entity, 'indexes', name),
      at: 'key' as const,
      fields: named(fields),
    })),
  ];
}

function keyBytes({ type, limits }: Field): number {
  switch (type) {
    case 'string':
    case 'text':
      return BYTES_A_CHARACTER * (limits.maxLength ?? 0);
    case 'email':
      return MAX_EMAIL;
    case 'url':
      return MAX_URL;
    case 'timeZone':
      return MAX_TIME_ZONE;
    case 'decimal':
      return DECIMAL_BYTES;
    default:
      return FIXED_BYTES;
  }
}
