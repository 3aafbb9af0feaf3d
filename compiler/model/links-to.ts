import type { Entity, Field } from './app.ts';
import { isLink } from './link-step.ts';

/** A link of some entity. */
export interface IncomingLink {
  readonly from: Entity;
  readonly field: Field;
}

/** The links to each entity, by its name. */
export function linksTo(entities: readonly Entity[]): ReadonlyMap<string, readonly IncomingLink[]> {
  const links = entities.flatMap((from) => from.fields.filter(isLink).map((field) => ({ from, field })));
  return Map.groupBy(links, ({ field }) => (field.reference ?? field.links)?.entity ?? '');
}
