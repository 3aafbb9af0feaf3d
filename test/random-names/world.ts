/** Entities under the names that they bear for now; a `key` is what each thing goes on being. */
export interface World {
  readonly entities: readonly WorldEntity[];
  /** Keys and names of entities that this step takes away. */
  readonly dropped: readonly string[];
}

export interface WorldEntity extends Named {
  /** Absent: the plural of the name. */
  readonly table?: string;
  readonly softDelete: boolean;
  readonly fields: readonly WorldField[];
}

export interface WorldField extends Named {
  readonly kind: 'string' | 'integer' | 'enum' | 'link';
  readonly isUnique: boolean;
  readonly values: readonly Named[];
  /** Key of the entity that a link leads to. */
  readonly target: string;
}

export interface Named {
  readonly key: string;
  readonly name: string;
  /** Of this step, or left over from an earlier one. */
  readonly was?: string;
}

/** The table of an entity. */
export function tableOf({ name, table }: WorldEntity): string {
  return table ?? `${name.toLowerCase()}s`;
}

/** The column of a field. */
export function columnOf({ kind, name }: WorldField): string {
  return kind === 'link' ? `${name}_id` : name;
}

/** A world whose every former name is forgotten. */
export function withoutFormerNames({ entities }: World): World {
  return {
    dropped: [],
    entities: entities.map((entity) => ({
      ...plain(entity),
      fields: entity.fields.map((field) => ({ ...plain(field), values: field.values.map(plain) })),
    })),
  };
}

function plain<Item extends Named>(item: Item): Omit<Item, 'was'> {
  const { was: _, ...rest } = item;
  return rest;
}
