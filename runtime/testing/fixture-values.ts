import type { FieldCase, Json, ResourceCase } from './resource-case.ts';

/** Rows of one resource that tests tell apart: 0 and 1 have every value, 2 only what it must have. */
export const ROWS = 3;
const SPARSE = 2;
/** Rows of one resource that lists name. */
const MOST_NAMED = 8;

/** All resources by name, and what their rules leave room for. */
export class FixtureValues {
  readonly #resources: ReadonlyMap<string, ResourceCase>;
  readonly #capacities = new Map<string, number>();

  constructor(resources: readonly ResourceCase[]) {
    this.#resources = new Map(resources.map((resource) => [resource.name, resource]));
  }

  resource(name: string): ResourceCase {
    const found = this.#resources.get(name);
    if (found === undefined) throw new TypeError(`no resource ${name}`);
    return found;
  }

  /** How many different rows the unique rules leave room for, given the values that are known. */
  capacity(resource: ResourceCase): number {
    const known = this.#capacities.get(resource.name);
    if (known !== undefined) return known;
    // A cycle of references asks for itself; the other rules of the cycle then decide.
    this.#capacities.set(resource.name, Infinity);
    const capacity = uniquesOf(resource).length === 0 ? Infinity : this.#distinctRows(resource);
    this.#capacities.set(resource.name, capacity);
    return capacity;
  }

  /** Whether a row can be made at all: every required field has a known value. */
  isSeedable(resource: ResourceCase): boolean {
    return resource.fields.every(({ optional, values, to, default: fallback, preset, computed }) => {
      if (computed || preset !== undefined) return true;
      if (to !== undefined) return optional === true || this.isSeedable(this.resource(to));
      return optional === true || values.length > 0 || fallback !== undefined;
    });
  }

  /** The value of a field that is no reference in the row of an index. */
  value(resource: ResourceCase, field: FieldCase, index: number): Json {
    const machine = resource.transitions[field.key];
    if (field.computed) return null;
    const isRange = rangeEnd(resource, field, index) !== undefined;
    if (field.optional && !isRange && (index === SPARSE || (field.values.length === 0 && machine === undefined)))
      return null;
    return ownValue(resource, field, index);
  }

  /** The row that a reference in the row of an index points to: two references to one resource point to different rows. */
  target(resource: ResourceCase, field: FieldCase, index: number): number | undefined {
    if (field.to === undefined || (field.optional && index === SPARSE)) return undefined;
    const siblings = resource.fields.filter(({ to }) => to === field.to);
    const wished = index + siblings.indexOf(field);
    const capacity = this.capacity(this.resource(field.to));
    return Number.isFinite(capacity) ? wished % Math.max(1, capacity) : wished;
  }

  /** The rows that a list in the row of an index names, if they are there or can be made: two, or none in a sparse row. */
  targets(resource: ResourceCase, field: FieldCase, index: number): readonly number[] {
    if (field.links === undefined || index === SPARSE) return [];
    const capacity = Math.min(this.capacity(this.resource(field.links)), MOST_NAMED);
    const wished = field.single ? [index] : [index + 1, index];
    return [...new Set(wished.map((other) => other % Math.max(1, capacity)))];
  }

  /** Whether rows that the field leads to can lead back to its own resource. */
  isCyclic(resource: ResourceCase, field: FieldCase): boolean {
    const found = new Set(targetsOf(field));
    for (const name of found) for (const to of this.resource(name).fields.flatMap(targetsOf)) found.add(to);
    return found.has(resource.name);
  }

  /** The first row that has a value for each key: row 0, unless it begins a cycle of references there. */
  holderOf(resource: ResourceCase, keys: readonly string[]): number {
    const fields = resource.fields.filter(({ key }) => keys.includes(key));
    return fields.some((field) => field.optional && this.isCyclic(resource, field)) ? 1 : 0;
  }

  #distinctRows(resource: ResourceCase): number {
    for (let count = 1; count <= ROWS; count++) {
      if (uniquesOf(resource).some((keys) => this.#repeats(resource, keys, count))) return count - 1;
    }
    return ROWS;
  }

  /** Whether the last of `count` rows has what an earlier one has, or one of them on its way to its states. */
  #repeats(resource: ResourceCase, keys: readonly string[], count: number): boolean {
    const all = Array.from({ length: count }, (_, index) => this.#tuples(resource, keys, index));
    const last = all.at(-1) ?? [];
    return all.slice(0, -1).some((other) => isMet(other, last) || isMet(last, other));
  }

  /** What a row has in these keys: where it rests, then each step that leads there; nothing where one is null. */
  #tuples(resource: ResourceCase, keys: readonly string[], index: number): readonly string[] {
    const paths = keys.map((key) => this.#path(resource, key, index).toReversed());
    if (paths.some(([value]) => value === 'null')) return [];
    const steps = Math.max(...paths.map(({ length }) => length));
    return Array.from({ length: steps }, (_, step) => String(paths.map((path) => path[step] ?? path.at(-1))));
  }

  /** The values that a key takes until the row of an index is made: one, but for a state machine. */
  #path(resource: ResourceCase, key: string, index: number): readonly string[] {
    const field = resource.fields.find((candidate) => candidate.key === key);
    if (field === undefined) return ['null'];
    if (field.to !== undefined) return [String(this.target(resource, field, index) ?? null)];
    const value = this.value(resource, field, index);
    const machine = resource.transitions[key];
    const path = machine === undefined || value === null ? [value] : pathTo(machine, String(value));
    return path.map((step) => JSON.stringify(step).toLowerCase());
  }
}

function targetsOf({ to, links }: FieldCase): readonly string[] {
  return [to ?? links ?? []].flat();
}

/** One end of the range that the row of an index has. */
function rangeEnd({ noOverlaps = [] }: ResourceCase, { key }: FieldCase, index: number): Json | undefined {
  const rule = noOverlaps.find(({ from, to }) => from === key || to === key);
  return rule?.ranges[index % rule.ranges.length]?.[rule.from === key ? 0 : 1];
}

/** Whether a row on its way passes where another rests. */
function isMet([rest]: readonly string[], steps: readonly string[]): boolean {
  return rest !== undefined && steps.includes(rest);
}

/** Orders of three values. */
const ORDERS = [
  [0, 1, 2],
  [1, 2, 0],
  [2, 1, 0],
  [1, 0, 2],
  [2, 0, 1],
  [0, 2, 1],
] as const;

/** Which value the row of an index has: fields ascend and descend differently, so that one cannot stand for another. */
function choose(index: number, position: number, count: number): number {
  if (count !== ROWS) return (index + position) % count;
  return ORDERS[position % ORDERS.length]?.[index % ROWS] ?? 0;
}

/** What a field has in the row of an index when it has a value there: in each row another, as long as there are others. */
export function ownValue(resource: ResourceCase, field: FieldCase, index: number): Json {
  const machine = resource.transitions[field.key];
  if (machine !== undefined) return reachable(machine)[index % reachable(machine).length] ?? null;
  const range = rangeEnd(resource, field, index);
  if (range !== undefined) return range;
  const choice = choose(index, resource.fields.indexOf(field) + 1, field.values.length);
  return field.values[choice] ?? field.default ?? null;
}

/** Keys of each unique rule, those that bind some rows only too. */
export function uniquesOf({
  uniques,
  partialUniques = [],
  noOverlaps = [],
}: ResourceCase): readonly (readonly string[])[] {
  // The ranges of tests overlap only where they are the same.
  return [...uniques, ...partialUniques, ...noOverlaps.map(({ per, from }) => [...per, from])];
}

type Machine = ResourceCase['transitions'][string];

/** States that a row can get to, the initial ones first. */
export function reachable({ initial, next }: Machine): readonly string[] {
  const states = [...initial];
  for (const state of states) states.push(...(next[state] ?? []).filter((target) => !states.includes(target)));
  return [...new Set(states)];
}

/** The shortest way to a state from an initial one, both included. */
export function pathTo({ initial, next }: Machine, state: string): readonly string[] {
  const paths = initial.map((first): readonly string[] => [first]);
  for (const path of paths) {
    const last = path.at(-1) ?? '';
    if (last === state) return path;
    const known = new Set(paths.flat());
    paths.push(...(next[last] ?? []).filter((target) => !known.has(target)).map((target) => [...path, target]));
  }
  throw new TypeError(`no way to the state ${state}`);
}
