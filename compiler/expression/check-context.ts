import type { Expression } from './expression.ts';
import type { ExpressionType } from './expression-type.ts';
import type { CelNode } from './parse-cel.ts';
import type { ExpressionProblem } from './problem.ts';
import type { EntityShape, ExpressionScope } from './scope.ts';

/** What the check of one node needs; `undefined` everywhere means: it was reported. */
export interface CheckContext {
  readonly scope: ExpressionScope;
  /** Names that macros have bound around the node. */
  readonly bound: ReadonlyMap<string, ExpressionType>;
  /** Checks a part; a literal text there is read as a value of `expected`. */
  readonly check: (node: CelNode, expected?: ExpressionType) => Expression | undefined;
  /** The same with one more name. */
  readonly bind: (name: string, type: ExpressionType) => CheckContext;
  readonly report: (problem: ExpressionProblem) => undefined;
  /** The named condition of an entity. */
  readonly rule: (entity: EntityShape, name: string, at: CelNode) => Expression | undefined;
}

/** Where a node stands. */
export function placeOf({ start, end }: CelNode): { readonly start: number; readonly end: number } {
  return { start, end };
}

/** The text as it is written. */
export function sourceOf({ input, start, end }: CelNode): string {
  return input.slice(start, end);
}
