import type { App, Field } from '../../model/app.ts';
import { incomingLinks } from '../incoming-links.ts';

/** In how many steps of cascades rows of an entity go with a row that is deleted. */
export interface Steps {
  readonly least: number;
  readonly most: number;
}

/** Entities by name. */
export type Gone = ReadonlyMap<string, Steps>;

/** The entities whose rows go with one of an entity, itself included: it goes in none, and in more where links lead back to it. */
export function goesWith(app: App, name: string): Gone {
  return goneOfAll(app).get(name) ?? new Map();
}

/** Whether rows of two entities may go with one and the same row, which may be one of them, or are of one entity. */
export function mayGoTogether(app: App, one: string, other: string): boolean {
  return one === other || entitiesTogether(app, one, other).length > 0;
}

/** What goes with each of the rows that may take rows of both entities with them, or are of one. */
export function entitiesTogether(app: App, one: string, other: string): readonly Gone[] {
  return [...goneOfAll(app).values()].filter((gone) => gone.has(one) && gone.has(other));
}

/** What becomes of a row where one that it links to is deleted; undefined for a field that is no link. */
export function onDeleteOf({ reference, links }: Field) {
  return (reference ?? links)?.onDelete;
}

/** Gathered once for all: every entity asks. */
function goneOfAll(app: App): ReadonlyMap<string, Gone> {
  const known = goneOfApp.get(app) ?? new Map(app.entities.map(({ name }) => [name, stepsFrom(app, name)]));
  goneOfApp.set(app, known);
  return known;
}

const goneOfApp = new WeakMap<App, ReadonlyMap<string, Gone>>();

function stepsFrom(app: App, name: string): Gone {
  const all = new Map<string, Steps>();
  let layer: ReadonlySet<string> = new Set([name]);
  // A longer way goes in a circle.
  for (let step = 0; layer.size > 0 && step <= all.size + 1; step += 1) {
    for (const one of layer) all.set(one, { least: all.get(one)?.least ?? step, most: step });
    layer = new Set([...layer].flatMap((one) => cascadesTo(app, one)));
  }
  return all;
}

function cascadesTo(app: App, name: string): readonly string[] {
  return incomingLinks(app, name).flatMap(({ from, field }) => (onDeleteOf(field) === 'cascade' ? [from.name] : []));
}
