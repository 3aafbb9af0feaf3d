/** What a server holds at one moment of a soak. */
export interface Sample {
  /** Since the load began, in seconds. */
  readonly second: number;
  /** Resident memory and used heap, in MB. */
  readonly resident: number;
  readonly heap: number;
  /** Open file descriptors, those of its connections included. */
  readonly descriptors: number;
  /** Of the event loop, as Node.js counts them. */
  readonly handles: number;
  /** Sessions that Postgres has for it. */
  readonly sessions: number;
}

export interface Verdict {
  /** Growth from the first to the last third after the warm-up: 0.05 is 5 %. */
  readonly resident: number;
  readonly heap: number;
  readonly problems: readonly string[];
}

/** Share of the soak after which memory has found its level. */
const WARM_UP = 1 / 3;
const MOST_GROWTH = 0.1;

/**
 * Whether memory is flat within 10 % after the warm-up, and nothing is held in ever larger numbers. Memory in use goes
 * up and down with every collection: resident memory is judged by its median, the heap by what collections leave.
 */
export function judgeSamples(samples: readonly Sample[], mostSessions: number): Verdict {
  const last = samples.at(-1)?.second ?? 0;
  const settled = samples.filter(({ second }) => second >= last * WARM_UP);
  const third = Math.floor(settled.length / 3);
  if (third < 5) throw new Error(`${samples.length} samples are too few to judge by`);
  const [early, late] = [settled.slice(0, third), settled.slice(-third)];
  const growth = (of: (part: readonly Sample[]) => number): number => of(late) / of(early) - 1;
  const resident = growth((part) => median(part.map((sample) => sample.resident)));
  const heap = growth((part) => Math.min(...part.map((sample) => sample.heap)));
  const most = (part: readonly Sample[], key: 'descriptors' | 'handles' | 'sessions'): number =>
    Math.max(...part.map((sample) => sample[key]));
  const counted = (['descriptors', 'handles', 'sessions'] as const).flatMap((key) =>
    most(late, key) > most(early, key) * (1 + MOST_GROWTH)
      ? [`${key} grew to ${most(late, key)} from ${most(early, key)}`]
      : [],
  );
  return {
    resident,
    heap,
    problems: [
      ...(resident > MOST_GROWTH ? [`resident memory grew by ${percent(resident)}`] : []),
      ...(heap > MOST_GROWTH ? [`the heap grew by ${percent(heap)}`] : []),
      ...counted,
      ...(most(samples, 'sessions') > mostSessions ? [`Postgres had ${most(samples, 'sessions')} sessions`] : []),
    ],
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
