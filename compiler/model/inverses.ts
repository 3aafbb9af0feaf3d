import type { Entity, Inverse } from './app.ts';

/** Gives each entity the lists that references of others, and of its own, name on it. */
export function withInverses(entities: readonly Omit<Entity, 'inverses'>[]): readonly Entity[] {
  const named = entities.flatMap((entity) =>
    entity.fields.flatMap(({ name, reference }) =>
      reference?.inverse === undefined
        ? []
        : [{ on: reference.entity, inverse: { name: reference.inverse, entity: entity.name, field: name } }],
    ),
  );
  const byTarget = Map.groupBy(named, ({ on }) => on);
  return entities.map((entity) => ({
    ...entity,
    inverses: (byTarget.get(entity.name) ?? []).map(({ inverse }) => inverse).toSorted(byName),
  }));
}

/** Of one name, which is a mistake, the order of their entities stays. */
function byName(a: Inverse, b: Inverse): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
