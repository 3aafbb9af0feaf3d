import type { App } from '../model/app.ts';
import { linksTo, type IncomingLink } from '../model/links-to.ts';

export type { IncomingLink };

/** The links to an entity, gathered once for all: every entity asks. */
export function incomingLinks(app: App, name: string): readonly IncomingLink[] {
  const known = linksOfApp.get(app) ?? linksTo(app.entities);
  linksOfApp.set(app, known);
  return known.get(name) ?? [];
}

const linksOfApp = new WeakMap<App, ReadonlyMap<string, readonly IncomingLink[]>>();
