/** Inclusive code points. */
export type CodeRange = readonly [from: number, to: number];

/** What a regular expression says, reduced to what sampling and the search for hazards need. */
export type PatternNode =
  | { readonly kind: 'set'; readonly ranges: readonly CodeRange[] }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly item: PatternNode; readonly min: number; readonly max: number }
  | { readonly kind: 'look'; readonly item: PatternNode }
  | { readonly kind: 'anchor'; readonly at: 'start' | 'end' | 'word' };

/** A parsed pattern, and the constructs in it that other engines do not know. */
export interface Pattern {
  readonly node: PatternNode;
  /** What to write instead of each construct that is not portable. */
  readonly unportable: readonly string[];
}
