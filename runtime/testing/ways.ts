import type { FieldCase, JsonObject, PartCase, ResourceCase } from './resource-case.ts';
import { variants } from './variants.ts';

/** Where a rule over other rows refuses a row as it is wished: how else it may come to be. */
export interface Way {
  /** It stays in the states where rows begin. */
  readonly rests: boolean;
  /** The lists that it brings with it. */
  readonly lists: readonly PartCase[];
  /** Parts in each of those lists. */
  readonly count: number;
  /** Its links lead where they would, or where those of a row that it links to lead as well, or nowhere where they may. */
  readonly links: 'wished' | 'alike' | 'none';
}

/** What is tried first where a row cannot be as it is: to bring parts, or to stay where rows begin. */
export type Wish = 'parts' | 'rest';

/** What a row is made for. */
export interface MadeFor {
  /** The link that is to lead to it, as wishes name it. */
  readonly by?: string;
  readonly wish?: Wish;
}

/** As it is wished, and alone. */
export const ALONE: Way = { rests: false, lists: [], count: 0, links: 'wished' };

/** The same with other links: rules often ask that two ways lead to one row. */
const RELINKED: readonly Way[] = [
  { ...ALONE, links: 'alike' },
  { ...ALONE, links: 'none' },
];

/** What is tried to make a row. */
export interface Attempt {
  readonly values: JsonObject;
  readonly way: Way;
}

/** Rows that are tried each way but the first. */
const FEW = 4;

/**
 * The values, then others like them: alone, then with other links, then with parts, then in the states where rows begin.
 * A way that is known to lead there comes first. `alike`: links that lead where those of a linked row do.
 */
export function* attempts(
  resource: ResourceCase,
  values: JsonObject,
  open: readonly FieldCase[],
  wish: Wish,
  alike: JsonObject,
  known: Way = ALONE,
): Generator<Attempt> {
  const all = waysOf(resource, open);
  const turned = wish === 'parts' ? all : all.toSorted((a, b) => a.lists.length - b.lists.length);
  const first = wish === 'parts' || known.lists.length === 0 ? known : ALONE;
  const ways = [first, ...turned.filter((way) => way !== first)];
  for (const [place, way] of ways.entries()) {
    const links = linksOf(resource, open, way, alike);
    if (way.links !== 'wished' && Object.keys(links).length === 0) continue;
    const wished = { ...values, ...links, ...(way.rests && restingStates(resource, open)) };
    let left = place === 0 ? Infinity : FEW;
    for (const row of variants(resource, wished, open)) {
      if (left === 0) break;
      left -= 1;
      yield { values: row, way };
    }
  }
}

/** What a way changes of the links of a row. */
function linksOf({ fields }: ResourceCase, open: readonly FieldCase[], { links }: Way, alike: JsonObject): JsonObject {
  if (links === 'wished') return {};
  if (links === 'alike') return alike;
  const empty = fields.filter((field) => open.includes(field) && field.to !== undefined && field.optional === true);
  return Object.fromEntries(empty.map(({ key }) => [key, null]));
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
    ...lists.map((list) => ({ ...ALONE, lists: list, count: 1 })),
    ...lists.slice(-1).map((list) => ({ ...ALONE, lists: list, count: 2 })),
  ];
  const all = [ALONE, ...RELINKED, ...brought];
  return [...all, ...all.map((one) => ({ ...one, rests: true }))];
}

/** The states where rows begin, of the state machines among these fields. */
export function restingStates({ transitions }: ResourceCase, open: readonly FieldCase[]): JsonObject {
  const machines = open.flatMap(({ key, default: preset }) => {
    const first = preset ?? transitions[key]?.initial[0];
    return transitions[key] === undefined || first === undefined ? [] : [[key, first] as const];
  });
  return Object.fromEntries(machines);
}
