import type { App, Entity, Field } from '../app.ts';
import { linkSteps } from '../link-step.ts';
import { linkedIds } from '../linked-ids.ts';
import { MAX_EMAIL, MAX_ID, MAX_TIME_ZONE, MAX_URL } from '../text-formats.ts';
import { type Check, type CheckInput, entityPointer } from './check.ts';

/** A B-tree entry holds 2,704 bytes; the rest is for its header, the id and the time at its end, and padding. */
const MOST_BYTES = 2600;
/** A longer id leaves less. */
const MOST_BESIDE_TEXT_ID = MOST_BYTES - MAX_ID;
/** Of one Unicode code point in UTF-8. */
const BYTES_A_CHARACTER = 4;
/** Of a value's own header. */
const HEADER = 4;

/** Something that becomes an index, where the author said so. */
interface IndexedFields {
  readonly pointer: string;
  readonly at: 'key' | 'value';
  readonly label: string;
  readonly fields: readonly Field[];
}

/** What is unique, filtered, sorted or indexed fits into an index entry, whatever its text. */
export const checkIndexSizes: Check = (input) => {
  for (const entity of input.app.entities) {
    for (const { pointer, at, label, fields } of indexedFields(input, entity)) {
      const bytes = fields.reduce((sum, field) => sum + keyBytes(field), 0);
      const limit = entity.id === 'string' ? MOST_BESIDE_TEXT_ID : MOST_BYTES;
      if (bytes <= limit) continue;
      input.reporter.report('index-too-wide', pointer, { index: label, bytes, limit }, { at });
    }
  }
};

/** Json is refused in these lists by another check, and arrays but for filters: an index has their items. */
function indexedFields({ app, spec }: CheckInput, entity: Entity): readonly IndexedFields[] {
  const written = spec.entities[entity.name]?.list ?? {};
  const pick = (names: readonly string[]): readonly Field[] => entity.fields.filter(({ name }) => names.includes(name));
  const unique = entity.fields.filter((field) => field.unique && !field.many);
  return [
    ...unique.map((field) => indexed(entity, ['fields', field.name, 'unique'], 'key', field.name, [field])),
    ...(['filter', 'sort'] as const).flatMap((list) =>
      (written[list] ?? []).map((name, index) =>
        indexed(
          entity,
          ['list', list, index],
          'value',
          name,
          name.includes('.') ? endOf(app, entity, name) : pick([name]),
        ),
      ),
    ),
    ...entity.uniques.map(({ name, fields }) => indexed(entity, ['unique', name], 'key', name, pick(fields))),
    ...entity.indexes.map(({ name, fields }) => indexed(entity, ['indexes', name], 'key', name, pick(fields))),
    ...entity.noOverlaps.map(({ name, per }) => indexed(entity, ['noOverlap', name], 'key', name, pick(per))),
  ];
}

/** The field at the end of a path over references, where there is one. */
function endOf(app: App, entity: Entity, path: string): readonly Field[] {
  const names = path.split('.');
  const steps = linkSteps(app, entity, names.slice(0, -1).join('.'));
  if (steps.length < names.length - 1) return [];
  return (steps.at(-1)?.to.fields ?? []).filter(({ name }) => name === names.at(-1));
}

function indexed(
  entity: Entity,
  path: readonly (string | number)[],
  at: IndexedFields['at'],
  label: string,
  fields: readonly Field[],
): IndexedFields {
  return { pointer: entityPointer(entity, ...path), at, label, fields };
}

function keyBytes(field: Field): number {
  const { type, limits } = field;
  if (linkedIds(field) === 'string') return MAX_ID + HEADER;
  switch (type) {
    case 'string':
    case 'text':
      return BYTES_A_CHARACTER * (limits.maxLength ?? 0) + HEADER;
    case 'email':
      return BYTES_A_CHARACTER * MAX_EMAIL + HEADER;
    case 'timeZone':
      return BYTES_A_CHARACTER * MAX_TIME_ZONE + HEADER;
    // A valid one is ASCII, and the column holds it to its bytes.
    case 'url':
      return MAX_URL + HEADER;
    case 'decimal':
      return Math.ceil((limits.precision ?? 0) / 2) + 2 * HEADER + HEADER;
    default:
      return 16 + HEADER;
  }
}
