/** What is wrong with an expression, by the name of its row in the catalogue. */
export type ExpressionFault =
  | 'expression-syntax'
  | 'expression-name'
  | 'expression-function'
  | 'expression-arguments'
  | 'expression-types'
  | 'expression-word'
  | 'expression-literal'
  | 'expression-place'
  | 'rule-cycle';

/** One problem inside the text of an expression. */
export interface ExpressionProblem {
  readonly fault: ExpressionFault;
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
  /** What is wrong, names in quotes: the message up to its semicolon. */
  readonly what: string;
  /** What to write instead, in the imperative. */
  readonly hint: string;
  /** What was written where one of `allowed` may stand; the nearest of them is the hint, if one is near. */
  readonly word?: string;
  readonly allowed?: readonly string[];
  /** What certainly belongs in the place. */
  readonly replacement?: string;
}
