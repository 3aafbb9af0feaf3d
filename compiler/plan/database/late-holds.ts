import type { App, Entity } from '../../model/app.ts';
import { incomingLinks, type IncomingLink } from '../incoming-links.ts';
import { foreignKeyName } from './foreign-key-name.ts';
import { pairTargetName } from './pair-names.ts';

/** In how many steps of cascades rows of an entity go with a row that is deleted. */
interface Steps {
  readonly least: number;
  readonly most: number;
}

/** The entities whose rows go with one of an entity, itself included: it goes in none, and in more where links lead back to it. */
export function goesWith(app: App, name: string): ReadonlyMap<string, Steps> {
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
  return incomingLinks(app, name).flatMap(({ from, field }) => (actionOf(field) === 'cascade' ? [from.name] : []));
}

/**
 * Foreign keys that would keep a row of an entity, or one that goes with it, because of a row that goes too, but in a
 * later step: they are looked at once all are gone.
 */
export function lateHolds(app: App, { name }: Pick<Entity, 'name'>): readonly string[] {
  return holdsOfAll(app).byEntity.get(name) ?? [];
}

/** Whether a foreign key is one of those of any entity. */
export function isLateHold(app: App, constraint: string): boolean {
  return holdsOfAll(app).names.has(constraint);
}

/** Whether rows of two entities may go with one and the same row, which may be one of them, or are of one entity. */
export function mayGoTogether(app: App, one: string, other: string): boolean {
  return one === other || holdsOfAll(app).gone.some((names) => names.has(one) && names.has(other));
}

/** How such a foreign key is declared: `restrict` cannot be deferred. */
export const LATE_HOLD = { deferrable: 'initiallyImmediate' } as const;

interface Holds {
  /** The entities that go with one, for all that have such. */
  readonly gone: readonly ReadonlyMap<string, Steps>[];
  readonly byEntity: ReadonlyMap<string, readonly string[]>;
  readonly names: ReadonlySet<string>;
}

function holdsOfAll(app: App): Holds {
  const known = holdsOfApp.get(app) ?? gather(app);
  holdsOfApp.set(app, known);
  return known;
}

const holdsOfApp = new WeakMap<App, Holds>();

function gather(app: App): Holds {
  const all = app.entities.map(({ name }) => ({ name, gone: goesWith(app, name) }));
  const byEntity = new Map(all.map(({ name, gone }) => [name, holdsWithin(app, gone)]));
  const several = all.map(({ gone }) => gone).filter(({ size }) => size > 1);
  return { gone: several, byEntity, names: new Set([...byEntity.values()].flat()) };
}

function holdsWithin(app: App, gone: ReadonlyMap<string, Steps>): readonly string[] {
  const names = [...gone].flatMap(([name, { least }]) =>
    incomingLinks(app, name).flatMap(({ from, field }) => {
      const most = gone.get(from.name)?.most;
      if (most === undefined || actionOf(field) !== 'restrict') return [];
      // Pairs go by a cascade of their own.
      const isLate = field.links === undefined ? most > least : most + 1 > least;
      return isLate ? [holdName({ from, field })] : [];
    }),
  );
  return [...new Set(names)].toSorted();
}

function actionOf({ reference, links }: IncomingLink['field']) {
  return (reference ?? links)?.onDelete;
}

/** The foreign key of a link. */
export function holdName({ from, field }: IncomingLink): string {
  const nameOf = field.links === undefined ? foreignKeyName : pairTargetName;
  return nameOf(from.names.table, field);
}
