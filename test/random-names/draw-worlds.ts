import { exchangedNames } from '../../compiler/plan/database/exchanged-names.ts';
import type { Draw } from '../random-specs/construct.ts';
import { happens } from '../random-specs/pick.ts';
import { drawWorld, renameWorld } from './draw-world.ts';
import { withoutFormerNames, type World } from './world.ts';

/** A world and those that it becomes, each step by new names alone. */
export function drawWorlds(draw: Draw, steps: number): readonly World[] {
  const worlds = [drawWorld(draw)];
  for (let step = 1; step <= steps; step += 1) {
    const last = worlds.at(-1);
    if (last === undefined) break;
    const isCleared = hasExchanged(last) || happens(draw, 40);
    const start = isCleared ? withoutFormerNames(last) : { ...last, dropped: [] };
    worlds.push(...(isCleared && step > 1 ? [start] : []), renameWorld(draw, start, step));
  }
  return worlds;
}

/** To exchange the same names again, the first time must be forgotten in between. */
function hasExchanged({ entities }: World): boolean {
  const lists = [entities, ...entities.map(({ fields }) => fields)];
  const values = entities.flatMap(({ fields }) => fields.map((field) => field.values));
  return [...lists, ...values].some((list) => exchangedNames(list).length > 0);
}
