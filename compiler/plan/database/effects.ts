import type { App, Entity, Field } from '../../model/app.ts';
import { find } from '../migration/named-list.ts';
import { columnsRead } from '../expression/columns-read.ts';
import { dependenciesOf } from './dependents.ts';

/** What a change of rows makes the database write by itself: a column that it keeps, a link that it empties, or a row that goes too. */
export interface Effect {
  readonly entity: Entity;
  /** The field that is written; absent where the row is deleted. */
  readonly field?: Field;
}

/** All that a change of an entity's rows leads to, from one table to the next, each once. */
export function effectsOf(app: App, entity: Entity): readonly Effect[] {
  return effectsFrom(app, entity, () => true);
}

/**
 * Whether a write of one of an entity's rows may lead to another write of its rows, that one's included: such a row
 * is not yet what it will be when its own statement returns it.
 */
export function isRecomputed(app: App, entity: Entity): boolean {
  const effects = effectsFrom(app, entity, ({ columns }) => columns !== undefined);
  return effects.some((effect) => effect.entity.name === entity.name);
}

/** @param isFirst whether a change of the entity's own rows has the effect */
function effectsFrom(app: App, entity: Entity, isFirst: (cause: Cause) => boolean): readonly Effect[] {
  const causes = causesOf(app);
  const found = new Map<string, Effect>();
  const follow = (from: Entity, isFollowed: (cause: Cause) => boolean): void => {
    for (const cause of causes.get(from.names.table) ?? []) {
      const { effect } = cause;
      const key = `${effect.entity.name}.${effect.field?.name ?? ''}`;
      if (found.has(key) || !isFollowed(cause)) continue;
      found.set(key, effect);
      follow(effect.entity, ({ columns }) => isRead(effect, columns));
    }
  };
  follow(entity, isFirst);
  return [...found.values()];
}

/** Whether one who reads these columns sees the effect; a row that goes is missed by all. */
export function isRead({ entity, field }: Effect, columns: readonly string[] | undefined): boolean {
  if (field === undefined) return true;
  if (columns === undefined) return false;
  // Every update sets it.
  if (columns.includes('updated_at')) return true;
  const made = entity.fields.filter(
    ({ computed }) => computed?.reads === 'row' && columnsRead(computed.expression).includes(field.column),
  );
  return [field, ...made].some(({ column }) => columns.includes(column));
}

interface Cause {
  /** Those whose change has the effect; absent where only a row that goes has it. */
  readonly columns?: readonly string[];
  readonly effect: Effect;
}

const known = new WeakMap<App, ReadonlyMap<string, readonly Cause[]>>();

/** By the table that is changed; gathered once for all, since every entity asks. */
function causesOf(app: App): ReadonlyMap<string, readonly Cause[]> {
  const before = known.get(app);
  if (before !== undefined) return before;
  const all = app.entities.flatMap((entity) => entity.fields.flatMap((field) => causesOfField(app, entity, field)));
  const causes = new Map(
    [...Map.groupBy(all, ([table]) => table)].map(([table, list]) => [table, list.map(([, cause]) => cause)]),
  );
  known.set(app, causes);
  return causes;
}

function causesOfField(app: App, entity: Entity, field: Field): readonly (readonly [table: string, cause: Cause])[] {
  const { computed, reference, links } = field;
  if (computed?.reads === 'others') {
    return dependenciesOf(app, computed.expression).map(({ table, columns }) => [
      table,
      { columns, effect: { entity, field } },
    ]);
  }
  const { onDelete, entity: target = '' } = reference ?? links ?? {};
  const table = find(app.entities, target)?.names.table;
  if (table === undefined || onDelete === undefined || onDelete === 'restrict') return [];
  return [[table, { effect: onDelete === 'cascade' ? { entity } : { entity, field } }]];
}
