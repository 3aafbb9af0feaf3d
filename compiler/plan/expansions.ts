import type { App, Entity } from '../model/app.ts';
import { planParts } from './parts.ts';
import { linkSteps, type LinkStep, type LinkVia } from '../model/link-step.ts';
import { pairTableName } from '../model/naming.ts';

/** Most rows that an expanded list shows, the oldest first; `runtime/crud/expand-statements.ts` reads as many. */
export const MAX_BELOW = 100;

/** A link that answers may follow. */
export interface Expansion {
  /** As `expand=` spells it: `account`, `account.owner`, `items`. */
  readonly path: string;
  /** Key in JSON: the last name of the path. */
  readonly key: string;
  /** The entity the link starts from. */
  readonly from: Entity;
  readonly to: Entity;
  readonly kind: LinkStep['kind'];
  readonly via: LinkVia;
  /** What holds the link: a column of `from` with an id or ids, a column of `to`, or the table of pairs. */
  readonly column: string;
  /** Whether there may be no row. */
  readonly nullable: boolean;
}

/** A member that a row may have because something expands it. */
export interface Embed {
  readonly key: string;
  readonly to: Entity;
  readonly kind: LinkStep['kind'];
  readonly via: LinkVia;
  readonly nullable: boolean;
  /** Whether the entity's own routes offer it; else it is there where the row itself is expanded. */
  readonly isOwn: boolean;
  /** Whether answers to creates that bring these rows have it. */
  readonly isPart: boolean;
}

/** Which rows of a list an answer shows: `the 100 oldest of its items, the oldest first`. */
export function rowsShown({ via }: Pick<Embed, 'via'>, rows: string): string {
  switch (via) {
    case 'column':
      return `the ${MAX_BELOW} oldest of its ${rows}, the oldest first`;
    case 'ids':
      return `the first ${MAX_BELOW} of its ${rows}, in the order of their ids there`;
    case 'pairs':
      return `the first ${MAX_BELOW} of its ${rows} by id`;
    default:
      return via satisfies never;
  }
}

/** What an entity's reads offer to expand, each path after the one it goes on from. */
export function planExpansions(app: App, entity: Entity): readonly Expansion[] {
  const found = new Map<string, Expansion>();
  for (const path of entity.list.expand) {
    const steps = linkSteps(app, entity, path);
    for (const [depth, step] of steps.entries()) {
      const own = path
        .split('.')
        .slice(0, depth + 1)
        .join('.');
      if (!found.has(own)) found.set(own, expansionOf(own, step));
    }
  }
  return [...found.values()];
}

function expansionOf(path: string, { kind, via, name, field, from, to }: LinkStep): Expansion {
  const column = via === 'pairs' ? pairTableName(to.names.table, field.name) : field.column;
  return { path, key: name, from, to, kind, via, column, nullable: kind === 'one' && field.optional };
}

/** What rows of each entity may have beside their columns, by entity name; every answer that shows such a row may. */
export function planEmbeds(app: App): ReadonlyMap<string, readonly Embed[]> {
  const embeds = new Map<string, Map<string, Embed>>();
  for (const entity of app.entities) {
    const isShown = entity.operations.includes('create') && entity.operations.includes('read');
    const parts = isShown ? planParts(app, entity) : [];
    const brought = parts.map(({ key, to }): Embed => ({
      key,
      to,
      kind: 'many',
      via: 'column',
      nullable: false,
      isOwn: false,
      isPart: true,
    }));
    embeds.set(entity.name, new Map(brought.map((embed) => [embed.key, embed])));
  }
  for (const entity of app.entities) {
    for (const { path, key, from, to, kind, via, nullable } of planExpansions(app, entity)) {
      const isOwn = path === key;
      const known = embeds.get(from.name) ?? new Map<string, Embed>();
      embeds.set(from.name, known);
      const { isPart = false, isOwn: isKnownOwn = false } = known.get(key) ?? {};
      known.set(key, { key, to, kind, via, nullable, isOwn: isOwn || isKnownOwn, isPart });
    }
  }
  return new Map([...embeds].map(([name, known]) => [name, [...known.values()]]));
}
