import type { Entity, Field } from './app.ts';

type Built = Omit<Entity, 'inverses'>;

/** Gives each link the kind of the ids that it holds, which the entity at its end says. */
export function withLinkIds<Of extends Built>(entities: readonly Of[]): readonly Of[] {
  const kinds = new Map(entities.flatMap(({ name, id }) => (id === undefined ? [] : [[name, id] as const])));
  if (kinds.size === 0) return entities;
  return entities.map((entity) => ({ ...entity, fields: entity.fields.map((field) => withLinkId(field, kinds)) }));
}

function withLinkId(field: Field, kinds: ReadonlyMap<string, NonNullable<Entity['id']>>): Field {
  const { reference, links } = field;
  const id = kinds.get((reference ?? links)?.entity ?? '');
  if (id === undefined) return field;
  return { ...field, ...(reference && { reference: { ...reference, id } }), ...(links && { links: { ...links, id } }) };
}
