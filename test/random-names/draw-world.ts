import fc from 'fast-check';
import type { Draw } from '../random-specs/construct.ts';
import { happens, pick, pickNumber } from '../random-specs/pick.ts';
import { tableOf, type Named, type World, type WorldEntity, type WorldField } from './world.ts';

const ENTITIES = ['Ant', 'Bee', 'Cow', 'Dog', 'Emu'];
const TABLES = ['ants', 'bees', 'cows', 'dogs', 'emus', 'herd', 'pack'];
const FIELDS = ['x', 'y', 'z', 'w'];
const VALUES = ['p', 'q', 'r', 's'];

/** Two to four entities with fields of several kinds. */
export function drawWorld(draw: Draw): World {
  const names = shuffled(draw, ENTITIES).slice(0, pickNumber(draw, 2, 4));
  const keys = names.map((_, index) => `e${index}`);
  const entities = names.map((name, index) => drawEntity(draw, { key: `e${index}`, name }, keys));
  return { entities, dropped: [] };
}

function drawEntity(draw: Draw, named: Named, keys: readonly string[]): WorldEntity {
  const names = shuffled(draw, FIELDS).slice(0, pickNumber(draw, 1, 4));
  const fields = names.map((name, index) => drawField(draw, { key: `${named.key}.f${index}`, name }, keys));
  return { ...named, softDelete: happens(draw, 30), fields };
}

function drawField(draw: Draw, named: Named, keys: readonly string[]): WorldField {
  const values = shuffled(draw, VALUES).slice(0, pickNumber(draw, 2, 3));
  return {
    ...named,
    kind: pick(draw, ['string', 'integer', 'enum', 'enum', 'link'] as const),
    isUnique: happens(draw, 30),
    values: values.map((name, index) => ({ key: `v${index}`, name })),
    target: pick(draw, keys),
  };
}

/** The same things under other names, now and then one less and one more. */
export function renameWorld(draw: Draw, world: World, step: number): World {
  const gone = happens(draw, 25) ? world.entities.find(({ key }) => !isLinkedTo(world, key)) : undefined;
  const left = world.entities.filter((entity) => entity !== gone || world.entities.length < 3);
  const dropped = world.entities.filter((entity) => !left.includes(entity)).map(({ name }) => name);
  // A name that something else leaves free would be that thing's former one, or its present one.
  const names = ENTITIES.filter((name) => !dropped.includes(name));
  const renamed = renamedAtRandom(draw, left, names).map((entity) => ({
    ...entity,
    fields: renamedFields(draw, entity),
  }));
  const fresh = happens(draw, 25)
    ? [drawEntity(draw, { key: `n${step}`, name: `Fox${step}` }, [...left.map(({ key }) => key), `n${step}`])]
    : [];
  return { entities: withTables(draw, [...renamed, ...fresh]), dropped };
}

function isLinkedTo({ entities }: World, key: string): boolean {
  return entities.some(
    (entity) => entity.key !== key && entity.fields.some((item) => item.kind === 'link' && item.target === key),
  );
}

function renamedFields(draw: Draw, { fields }: WorldEntity): readonly WorldField[] {
  return renamedAtRandom(draw, fields, FIELDS).map((field) => ({
    ...field,
    values: happens(draw, 60) ? renamedAtRandom(draw, field.values, VALUES) : field.values,
  }));
}

/** Names anew for some or all, out of their own names and what else there is. */
function renamedAtRandom<Item extends Named>(
  draw: Draw,
  items: readonly Item[],
  all: readonly string[],
): readonly Item[] {
  const own = items.map(({ name }) => name);
  const others = all.filter((name) => !own.includes(name));
  const pool = happens(draw, 50) ? own : [...own, ...others];
  const names = happens(draw, 20) ? own : shuffled(draw, pool);
  return items.map((item, index) => {
    const name = names[index] ?? item.name;
    if (name !== item.name) return { ...item, name, was: item.name };
    const { was, ...rest } = item;
    return was !== undefined && happens(draw, 50) ? item : { ...item, ...rest };
  });
}

/** Tables of their own choice, none of them another's. */
function withTables(draw: Draw, entities: readonly WorldEntity[]): readonly WorldEntity[] {
  const taken = new Set<string>();
  const choice = shuffled(draw, TABLES);
  return entities.map((entity, index) => {
    const { table: _, ...rest } = entity;
    const wishes = happens(draw, 40) ? [{ ...rest, table: choice[index] ?? '' }, entity, rest] : [rest];
    const last = { ...rest, table: `own_${entity.key}` };
    const kept = entities.slice(index + 1).map(tableOf);
    const found = wishes.find((wish) => !taken.has(tableOf(wish)) && !kept.includes(tableOf(wish))) ?? last;
    taken.add(tableOf(found));
    return found;
  });
}

function shuffled<Item>(draw: Draw, items: readonly Item[]): readonly Item[] {
  return draw(() => fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length }));
}
