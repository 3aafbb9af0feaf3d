import type { App, Entity } from '../../model/app.ts';
import { incomingLinks, type IncomingLink } from '../incoming-links.ts';
import type { ForeignKey, ReferentialAction } from './database-schema.ts';
import { foreignKeyName } from './foreign-key-name.ts';
import { goesWith, onDeleteOf, type Gone } from './going-together.ts';
import { pairTargetName } from './pair-names.ts';
import { recheckedKeys } from './rechecked-keys.ts';

/** How a foreign key is declared that does so much when what it leads to is deleted; `restrict` cannot be deferred. */
export function foreignKeyRule(
  app: App,
  name: string,
  onDelete: ReferentialAction,
): Pick<ForeignKey, 'onDelete' | 'deferrable'> {
  if (!holdsOfAll(app).names.has(name)) return { onDelete };
  return { ...(onDelete !== 'restrict' && { onDelete }), deferrable: 'initiallyImmediate' };
}

/**
 * Foreign keys that would keep a row of an entity, or one that goes with it, because of a row that goes too, or whose
 * link is emptied, but in a later step: they are looked at once all is done.
 */
export function lateHolds(app: App, { name }: Pick<Entity, 'name'>): readonly string[] {
  return holdsOfAll(app).byEntity.get(name) ?? [];
}

/** The foreign key of a link. */
export function holdName({ from, field }: IncomingLink): string {
  const nameOf = field.links === undefined ? foreignKeyName : pairTargetName;
  return nameOf(from.names.table, field);
}

interface Holds {
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
  const byEntity = new Map(app.entities.map(({ name }) => [name, holdsWithin(app, goesWith(app, name))]));
  return { byEntity, names: new Set([...byEntity.values()].flat()) };
}

function holdsWithin(app: App, gone: Gone): readonly string[] {
  const names = [...gone].flatMap(([name, { least }]) =>
    incomingLinks(app, name).flatMap(({ from, field }) => {
      const most = gone.get(from.name)?.most;
      if (most === undefined || onDeleteOf(field) !== 'restrict') return [];
      // Pairs go by a cascade of their own.
      const isLate = field.links === undefined ? most > least : most + 1 > least;
      return isLate ? [holdName({ from, field })] : [];
    }),
  );
  return [...new Set([...names, ...recheckedKeys(app, gone)])].toSorted();
}
