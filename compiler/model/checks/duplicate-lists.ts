import type { Entity, NamedFields } from '../app.ts';
import { type Check, entityPointer } from './check.ts';

/** No two uniques (in any order) and no two indexes (in the same order) say the same of an entity. */
export const checkDuplicateLists: Check = ({ spec, app, reporter }) => {
  for (const entity of app.entities) {
    const written = spec.entities[entity.name];
    const uniques = [
      ...singleUniques(entity),
      ...entity.uniques.map((unique) => named(entity, 'unique', unique, written?.unique?.[unique.name]?.where)),
    ];
    const indexes = entity.indexes.map((index) =>
      named(entity, 'indexes', index, written?.indexes?.[index.name]?.where),
    );
    for (const [kind, lists] of [
      ['unique', uniques.map(sorted)],
      ['index', indexes],
    ] as const) {
      lists.forEach((list, index) => {
        const earlier = lists
          .slice(0, index)
          .find((other) => other.fields.join() === list.fields.join() && other.condition === list.condition);
        if (earlier === undefined) return;
        reporter.report(
          'duplicate-list',
          list.pointer,
          { name: list.name, other: earlier.name, kind },
          {
            at: 'key',
            related: [{ pointer: earlier.pointer, at: 'key', message: `"${earlier.name}" is here` }],
          },
        );
      });
    }
  }
};

interface PlacedList extends NamedFields {
  /** As written; empty: all rows. */
  readonly condition: string;
  readonly pointer: string;
}

function named(entity: Entity, key: 'unique' | 'indexes', { name, fields }: NamedFields, condition = ''): PlacedList {
  return { name, fields, condition, pointer: entityPointer(entity, key, name) };
}

function singleUniques(entity: Entity): readonly PlacedList[] {
  return entity.fields
    .filter((field) => field.unique)
    .map(({ name }) => ({
      name,
      fields: [name],
      condition: '',
      pointer: entityPointer(entity, 'fields', name, 'unique'),
    }));
}

function sorted(list: PlacedList): PlacedList {
  return { ...list, fields: list.fields.toSorted() };
}
