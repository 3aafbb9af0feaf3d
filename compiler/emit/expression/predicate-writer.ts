import type { Expression } from '../../expression/expression.ts';
import { symbol, type Fragment, type ImportedSymbol } from '../text/fragment.ts';

/** Writes the parts of an expression as TypeScript over `runtime/expression/`. */
export interface PredicateWriter {
  /** Absent values are null; exact numbers, moments and durations are what the runtime makes of them. */
  readonly value: (expression: Expression) => Fragment;
  readonly condition: (expression: Expression) => Fragment;
  /** What a name stands for. */
  readonly spelling: (name: string) => Fragment;
  readonly bind: (name: string, spelling: Fragment) => PredicateWriter;
  /** For the text of a rule: only `record` means something. */
  readonly bindRecord: (spelling: Fragment) => PredicateWriter;
}

const from = (file: string, name: string): ImportedSymbol => symbol(name, `#runtime/expression/${file}.ts`);

/** What predicates call. */
export const functions = {
  exact: from('exact', 'exact'),
  sameNumber: from('exact', 'sameNumber'),
  plus: from('exact', 'plus'),
  minus: from('exact', 'minus'),
  times: from('exact', 'times'),
  quotient: from('exact', 'quotient'),
  wholeQuotient: from('exact', 'wholeQuotient'),
  remainder: from('exact', 'remainder'),
  rounded: from('exact', 'rounded'),
  negated: from('exact', 'negated'),
  toDouble: from('exact', 'toDouble'),
  isLess: from('order', 'isLess'),
  isAtMost: from('order', 'isAtMost'),
  isMore: from('order', 'isMore'),
  isAtLeast: from('order', 'isAtLeast'),
  rank: from('order', 'rank'),
  wordAt: from('order', 'wordAt'),
  least: from('order', 'least'),
  greatest: from('order', 'greatest'),
  lower: from('texts', 'lower'),
  joined: from('texts', 'joined'),
  contains: from('texts', 'contains'),
  startsWith: from('texts', 'startsWith'),
  lengthOf: from('texts', 'lengthOf'),
  moment: from('moments', 'moment'),
  momentText: from('moments', 'momentText'),
  later: from('moments', 'later'),
  earlier: from('moments', 'earlier'),
  dayIn: from('moments', 'dayIn'),
  momentAt: from('moments', 'momentAt'),
  countOf: from('lists', 'countOf'),
  sumOf: from('lists', 'sumOf'),
  isIn: from('lists', 'isIn'),
  meets: from('lists', 'meets'),
} as const;
