/** Repeatable chance: the same seed, the same choices. */
export interface Chance {
  /** From 0 up to and without `below`. */
  readonly integer: (below: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  readonly happens: (probability: number) => boolean;
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (below: number): number => Math.floor(next() * below);
  return {
    integer,
    pick: (items) => {
      const item = items[integer(items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    happens: (probability) => next() < probability,
  };
}
