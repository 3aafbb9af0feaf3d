import type { IdKind } from '../../model/id-kind.ts';
import type { Resource } from '../../plan/resource.ts';

/** Keys under `components.schemas`. */
export interface ComponentNames {
  readonly problem: string;
  readonly created: Readonly<Record<IdKind, string>>;
  /** By entity name. */
  readonly entities: ReadonlyMap<string, EntityComponents>;
}

export interface EntityComponents {
  readonly row: string;
  readonly create: string;
  /** A new row within the create of what it is part of. */
  readonly within: string;
  readonly patch: string;
  readonly upsert: string;
  readonly list: string;
  /** Some members of the row, as `fields` asks. */
  readonly part: string;
  /** What `fields` can name. */
  readonly field: string;
}

/** Entities keep their names; a derived name that an entity already bears gets underscores until it is free. */
export function componentNames(resources: readonly Resource[]): ComponentNames {
  const taken = new Set(resources.map(({ entity }) => entity.name));
  const free = (name: string): string => (taken.has(name) ? free(`${name}_`) : name);
  const entities = [...taken].map((name) => {
    return [
      name,
      {
        row: name,
        create: free(`${name}Create`),
        within: free(`${name}Within`),
        patch: free(`${name}Patch`),
        upsert: free(`${name}Upsert`),
        list: free(`${name}List`),
        part: free(`${name}Part`),
        field: free(`${name}Field`),
      },
    ] as const;
  });
  const created = { uuid: free('CreatedId'), bigint: free('CreatedNumberId'), string: free('CreatedTextId') };
  return { problem: free('Problem'), created, entities: new Map(entities) };
}

/** The names of one entity's components. */
export function entityComponents(names: ComponentNames, entity: string): EntityComponents {
  const found = names.entities.get(entity);
  if (found === undefined) throw new Error(`no component names for ${entity}`);
  return found;
}

/** A reference to a schema component. */
export function schemaRef(name: string): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}
