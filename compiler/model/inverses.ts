import type { Entity } from './app.ts';
import type { Inverse } from './links.ts';

/** Gives each entity the lists that links of others, and of its own, name on it. */
export function withInverses(entities: readonly Omit<Entity, 'inverses'>[]): readonly Entity[] {
  const named = entities.flatMap((entity) =>
    entity.fields.flatMap(({ name, reference, links }) => {
      const { entity: on, inverse } = reference ?? links ?? {};
      return on === undefined || inverse === undefined
        ? []
        : [{ on, inverse: { name: inverse, entity: entity.name, field: name } }];
    }),
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
