import { ANY } from './code-ranges.ts';
import type { CodeRange, PatternNode } from './pattern-node.ts';

/** Exact counts up to this are written out, greater ones over-estimated as loops. */
const MOST_COPIES = 64;
const MOST_OPTIONAL_COPIES = 10;
/** Patterns beyond this many positions are not analysed. */
export const MOST_POSITIONS = 400;

/** Glushkov's automaton: one state for each character that the pattern names, no empty moves. */
export interface Automaton {
  /** What a move into each state reads. */
  readonly reads: readonly (readonly CodeRange[])[];
  /** Moves by state; a state listed twice can be reached in two ways at once. */
  readonly moves: readonly (readonly number[])[];
}

interface Fragment {
  readonly nullable: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

const EMPTY: Fragment = { nullable: true, first: [], last: [] };

/** Builds the automaton; `undefined` when the pattern is too large to analyse. */
export function buildAutomaton(node: PatternNode, startsAnywhere: boolean): Automaton | undefined {
  const builder = new AutomatonBuilder();
  const search: PatternNode = { kind: 'repeat', item: { kind: 'set', ranges: ANY }, min: 0, max: Infinity };
  builder.build(startsAnywhere ? { kind: 'sequence', items: [search, node] } : node);
  return builder.reads.length > MOST_POSITIONS ? undefined : { reads: builder.reads, moves: builder.moves };
}

class AutomatonBuilder {
  readonly reads: (readonly CodeRange[])[] = [];
  readonly moves: number[][] = [];

  build(node: PatternNode): Fragment {
    if (this.reads.length > MOST_POSITIONS) return EMPTY;
    switch (node.kind) {
      case 'set': {
        const state = this.reads.push(node.ranges) - 1;
        this.moves.push([]);
        return { nullable: false, first: [state], last: [state] };
      }
      case 'sequence':
        return node.items.reduce<Fragment>((before, item) => this.#join(before, this.build(item)), EMPTY);
      case 'choice':
        return eitherOf(node.options.map((option) => this.build(option)));
      case 'repeat':
        return this.#repeat(node);
      case 'look':
      case 'anchor':
        return EMPTY;
      default:
        return node satisfies never;
    }
  }

  #repeat({ item, min, max }: Extract<PatternNode, { kind: 'repeat' }>): Fragment {
    let fragment = EMPTY;
    const copies = Math.min(min, MOST_COPIES);
    const optional = max - min;
    const loops = min > MOST_COPIES || optional > MOST_OPTIONAL_COPIES;
    for (let copy = 0; copy < (loops ? Math.max(0, copies - 1) : copies); copy += 1) {
      fragment = this.#join(fragment, this.build(item));
    }
    if (loops) return this.#join(fragment, this.#loop(this.build(item), min === 0));
    for (let copy = 0; copy < optional; copy += 1) {
      fragment = this.#join(fragment, { ...this.build(item), nullable: true });
    }
    return fragment;
  }

  #loop(body: Fragment, nullable: boolean): Fragment {
    this.#connect(body.last, body.first);
    return { ...body, nullable: nullable || body.nullable };
  }

  #join(before: Fragment, after: Fragment): Fragment {
    this.#connect(before.last, after.first);
    return {
      nullable: before.nullable && after.nullable,
      first: before.nullable ? [...before.first, ...after.first] : before.first,
      last: after.nullable ? [...before.last, ...after.last] : after.last,
    };
  }

  #connect(from: readonly number[], to: readonly number[]): void {
    for (const state of from) this.moves[state]?.push(...to);
  }
}

function eitherOf(options: readonly Fragment[]): Fragment {
  return {
    nullable: options.some((option) => option.nullable),
    first: options.flatMap((option) => option.first),
    last: options.flatMap((option) => option.last),
  };
}
