import type { FieldCase, JsonObject, PartCase, ResourceCase } from './resource-case.ts';
import { variants } from './row-checks.ts';

/** Where a rule over other rows refuses a row as it is wished: how else it may come to be. */
export interface Way {
  /** It stays in the states where rows begin. */
  readonly rests: boolean;
  /** The lists that it brings with it. */
  readonly lists: readonly PartCase[];
  /** Parts in each of those lists. */
  readonly count: number;
}

/** What is tried first where a row cannot be as it is: to bring parts, or to stay where rows begin. */
export type Wish = 'parts' | 'rest';

/** As it is wished, and alone. */
export const ALONE: Way = { rests: false, lists: [], count: 0 };

/** What is tried to make a row. */
export interface Attempt {
  readonly values: JsonObject;
  readonly way: Way;
}

/** Rows that are tried each way but the first. */
const FEW = 4;

/**
 * The values, then others like them: alone, then with parts, then in the states where rows begin. A way that is known
 * to lead there comes first.
 */
export function* attempts(
  resource: ResourceCase,
  values: JsonObject,
  open: readonly FieldCase[],
  wish: Wish,
  known: Way = ALONE,
): Generator<Attempt> {
  const all = waysOf(resource, open);
  const turned = wish === 'parts' ? all : all.toSorted((a, b) => a.lists.length - b.lists.length);
  const first = wish === 'parts' || known.lists.length === 0 ? known : ALONE;
  const ways = [first, ...turned.filter((way) => way !== first)];
  for (const [place, way] of ways.entries()) {
    const wished = way.rests ? { ...values, ...restingStates(resource, open) } : values;
    let left = place === 0 ? Infinity : FEW;
    for (const row of variants(resource, wished, open)) {
      if (left === 0) break;
      left -= 1;
      yield { values: row, way };
    }
  }
}

const WAYS = new WeakMap<ResourceCase, readonly Way[]>();

/** The same ways each time, so that one of them can be known again. */
function waysOf(resource: ResourceCase, open: readonly FieldCase[]): readonly Way[] {
  const known = WAYS.get(resource) ?? makeWays(resource);
  WAYS.set(resource, known);
  const canRest = Object.keys(restingStates(resource, open)).length > 0;
  return canRest ? known : known.filter(({ rests }) => !rests);
}

function makeWays({ farRules, parts = [] }: ResourceCase): readonly Way[] {
  if (farRules === undefined) return [ALONE];
  const some = parts.length > 1 ? parts.map((part) => [part]) : [];
  const lists = parts.length === 0 ? [] : [...some, parts];
  const brought = [
    ...lists.map((list) => ({ lists: list, count: 1 })),
    ...lists.slice(-1).map((list) => ({ lists: list, count: 2 })),
  ];
  const all = [{ lists: [], count: 0 }, ...brought];
  return [ALONE, ...brought.map((one) => ({ ...one, rests: false })), ...all.map((one) => ({ ...one, rests: true }))];
}

/** The states where rows begin, of the state machines among these fields. */
export function restingStates({ transitions }: ResourceCase, open: readonly FieldCase[]): JsonObject {
  const machines = open.flatMap(({ key, default: preset }) => {
    const first = preset ?? transitions[key]?.initial[0];
    return transitions[key] === undefined || first === undefined ? [] : [[key, first] as const];
  });
  return Object.fromEntries(machines);
}
