import { overlap } from './code-ranges.ts';
import { type Automaton, buildAutomaton } from './pattern-automaton.ts';
import type { PatternNode } from './pattern-node.ts';

/** How the time of a failing match grows with the length of the text, at worst. */
export type Growth = 'linear' | 'polynomial' | 'exponential' | 'unknown';

const MOST_STEPS = 400_000;

/**
 * Classifies a pattern by the ambiguity of its automaton (Weber and Seidl): two ways round one loop make a
 * backtracking engine exponential, two loops in a row on the same text polynomial. It may over-estimate.
 */
export function patternGrowth(node: PatternNode): Growth {
  const parts = [node, ...lookarounds(node)];
  const growths = parts.map((part) => automatonGrowth(part));
  return (['exponential', 'unknown', 'polynomial'] as const).find((growth) => growths.includes(growth)) ?? 'linear';
}

function automatonGrowth(node: PatternNode): Growth {
  const automaton = buildAutomaton(node, !startsAnchored(node));
  if (automaton === undefined) return 'unknown';
  const budget = { steps: MOST_STEPS };
  const loops = findLoops(automaton);
  if (isExponential(automaton, loops, budget)) return 'exponential';
  if (isPolynomial(automaton, loops, budget)) return 'polynomial';
  return budget.steps < 0 ? 'unknown' : 'linear';
}

function lookarounds(node: PatternNode): readonly PatternNode[] {
  switch (node.kind) {
    case 'look':
      return [node.item, ...lookarounds(node.item)];
    case 'sequence':
      return node.items.flatMap(lookarounds);
    case 'choice':
      return node.options.flatMap(lookarounds);
    case 'repeat':
      return lookarounds(node.item);
    case 'set':
    case 'anchor':
      return [];
    default:
      return node satisfies never;
  }
}

function startsAnchored(node: PatternNode): boolean {
  if (node.kind === 'anchor') return node.at === 'start';
  if (node.kind === 'sequence') return node.items[0] !== undefined && startsAnchored(node.items[0]);
  return node.kind === 'choice' && node.options.every(startsAnchored);
}

/** Which states each state can come back from: its strongly connected component, empty where there is no loop. */
type Loops = readonly ReadonlySet<number>[];

function findLoops({ moves }: Automaton): Loops {
  const reach = moves.map((_, state) => reachable(moves, state));
  return reach.map((from, state) => new Set([...from].filter((other) => reach[other]?.has(state))));
}

function reachable(moves: Automaton['moves'], start: number): ReadonlySet<number> {
  const seen = new Set<number>();
  const open = [...(moves[start] ?? [])];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (seen.has(state)) continue;
    seen.add(state);
    open.push(...(moves[state] ?? []));
  }
  return seen;
}

interface Budget {
  steps: number;
}

function isExponential(automaton: Automaton, loops: Loops, budget: Budget): boolean {
  return loops.some((loop, state) => {
    if (loop.size === 0 || Math.min(...loop) !== state) return false;
    return hasDoubleMove(automaton, loop) || hasTwoWaysRound(automaton, loop, budget);
  });
}

function hasDoubleMove({ moves }: Automaton, loop: ReadonlySet<number>): boolean {
  return [...loop].some((state) => {
    const inside = (moves[state] ?? []).filter((next) => loop.has(next));
    return new Set(inside).size < inside.length;
  });
}

/** Whether two runs inside the loop on the same text can part and meet again. */
function hasTwoWaysRound(automaton: Automaton, loop: ReadonlySet<number>, budget: Budget): boolean {
  const size = automaton.moves.length;
  const parted = new Set<number>();
  const open = [...loop].map((state) => state * size + state);
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    for (const [left, right] of pairMoves(automaton, loop, Math.floor(pair / size), pair % size)) {
      budget.steps -= 1;
      if (budget.steps < 0) return false;
      const next = left * size + right;
      if (left === right) {
        if (Math.floor(pair / size) !== pair % size) return true;
      } else if (!parted.has(next)) {
        parted.add(next);
        open.push(next);
      }
    }
  }
  return false;
}

function* pairMoves(
  { moves, reads }: Automaton,
  loop: ReadonlySet<number>,
  left: number,
  right: number,
): Generator<readonly [number, number]> {
  for (const nextLeft of moves[left] ?? []) {
    if (!loop.has(nextLeft)) continue;
    for (const nextRight of moves[right] ?? []) {
      if (loop.has(nextRight) && overlap(reads[nextLeft] ?? [], reads[nextRight] ?? [])) yield [nextLeft, nextRight];
    }
  }
}

function isPolynomial(automaton: Automaton, loops: Loops, budget: Budget): boolean {
  return loops.some((first, from) =>
    loops.some((second, to) => {
      if (from === to || first.size === 0 || second.size === 0 || first.has(to)) return false;
      return loopsInStep({ automaton, first, second }, [from, from, to], [from, to, to], budget);
    }),
  );
}

/** States of three runs on the same text: round the first loop, from it to the second, round the second. */
type Triple = readonly [number, number, number];

interface TwoLoops {
  readonly automaton: Automaton;
  readonly first: ReadonlySet<number>;
  readonly second: ReadonlySet<number>;
}

/** Whether some text takes the three runs from `start` to `goal`; yes where that takes too long to tell. */
function loopsInStep(loops: TwoLoops, start: Triple, goal: Triple, budget: Budget): boolean {
  const seen = new Set<string>();
  const open: Triple[] = [start];
  for (let triple = open.pop(); triple !== undefined; triple = open.pop()) {
    for (const next of tripleMoves(loops, triple)) {
      budget.steps -= 1;
      const key = next.join(' ');
      if (budget.steps < 0 || key === goal.join(' ')) return true;
      if (!seen.has(key)) open.push(next);
      seen.add(key);
    }
  }
  return false;
}

function* tripleMoves({ automaton, first, second }: TwoLoops, [one, two, three]: Triple): Generator<Triple> {
  const { moves, reads } = automaton;
  const next = (state: number, loop?: ReadonlySet<number>): readonly number[] =>
    (moves[state] ?? []).filter((candidate) => loop?.has(candidate) !== false);
  const together = (left: number, right: number): boolean => overlap(reads[left] ?? [], reads[right] ?? []);
  for (const a of next(one, first)) {
    for (const b of next(two).filter((state) => together(a, state))) {
      for (const c of next(three, second)) if (together(a, c) && together(b, c)) yield [a, b, c];
    }
  }
}
