import type { LiteralFault, LiteralKind } from '../../expression/scope.ts';
import { canonicalLiteral } from '../canonical-literal.ts';
import { literalProblem } from '../literal.ts';

/** A text of an expression as a value of a type, in its one spelling. */
export function readLiteral(kind: LiteralKind, text: string): string | LiteralFault {
  const rules = { type: kind, limits: {}, many: false };
  const problem = literalProblem(rules, text);
  return problem ?? String(canonicalLiteral(rules, text));
}
