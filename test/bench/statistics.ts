/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export interface Bounds {
  readonly median: number;
  /** Of the two-sided 90 % interval of the median. */
  readonly lower: number;
  readonly upper: number;
}

const RESAMPLES = 2_000;

/** The median with its 90 % bounds by bootstrap; the resampling is the same in every run. */
export function boundsOf(values: readonly number[]): Bounds {
  const random = generator(values.length);
  const medians = Array.from({ length: RESAMPLES }, () =>
    median(values.map(() => values[Math.floor(random() * values.length)]!)),
  ).toSorted((left, right) => left - right);
  return {
    median: median(values),
    lower: medians[Math.floor(RESAMPLES * 0.05)] ?? Number.NaN,
    upper: medians[Math.ceil(RESAMPLES * 0.95) - 1] ?? Number.NaN,
  };
}

/** Numbers from 0 to 1 (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
