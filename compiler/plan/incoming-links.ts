import type { App, Entity, Field } from '../model/app.ts';
import { isLink } from '../model/link-step.ts';

/** A link of some entity. */
export interface IncomingLink {
  readonly from: Entity;
  readonly field: Field;
}

/** The links to an entity, gathered once for all: every entity asks. */
export function incomingLinks(app: App, name: string): readonly IncomingLink[] {
  const known = linksOfApp.get(app) ?? gather(app);
  linksOfApp.set(app, known);
  return known.get(name) ?? [];
}

const linksOfApp = new WeakMap<App, ReadonlyMap<string, readonly IncomingLink[]>>();

function gather(app: App): ReadonlyMap<string, readonly IncomingLink[]> {
  const links = app.entities.flatMap((from) => from.fields.filter(isLink).map((field) => ({ from, field })));
  return Map.groupBy(links, ({ field }) => (field.reference ?? field.links)?.entity ?? '');
}
