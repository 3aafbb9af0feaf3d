import { findSpelling } from '../../spec/shape/suggest-word.ts';
import type { Fix } from '../../diagnostics/diagnostic.ts';
import type { Reporter } from '../../diagnostics/reporter.ts';
import type { Located, Span } from '../../diagnostics/span.ts';
import { compileExpression } from '../../expression/compile-expression.ts';
import type { Expression } from '../../expression/expression.ts';
import type { ExpressionType } from '../../expression/expression-type.ts';
import type { ExpressionProblem } from '../../expression/problem.ts';
import type { EntityShape } from '../../expression/scope.ts';
import { nameHint } from '../checks/name-hint.ts';
import { type ExpressionPlace, placeProblems } from './expression-place.ts';
import { readLiteral } from './read-literal.ts';

/** Reads the expressions of a spec and reports what is wrong with each at its very place. */
export interface ExpressionReader {
  /** Undefined where something was reported, here or in a rule that it uses. */
  readonly read: (text: string, at: ExpressionSite) => Expression | undefined;
}

export interface ExpressionSite {
  /** Whose row `record` is; absent where there is none. */
  readonly entity?: string;
  readonly pointer: string;
  readonly place: ExpressionPlace;
  /** Absent: a condition. */
  readonly type?: ExpressionType;
  /** Characters before the expression in the text at the pointer. */
  readonly indent?: number;
}

/** Makes a reader for one document. */
export function createExpressionReader(
  entities: ReadonlyMap<string, EntityShape>,
  document: Located,
  reporter: Reporter,
): ExpressionReader {
  return {
    read: (text, { entity, pointer, place, type, indent = 0 }) => {
      const scope = { entities, literals: readLiteral, ...(entity !== undefined && { record: entity }) };
      const { expression, problems } = compileExpression(text, scope, type);
      const misplaced = expression === undefined ? [] : placeProblems(expression, place);
      const all = [...problems, ...misplaced];
      for (const problem of all) reportProblem(document, reporter, pointer, problem, indent);
      return all.length === 0 ? expression : undefined;
    },
  };
}

function reportProblem(
  document: Located,
  reporter: Reporter,
  pointer: string,
  problem: ExpressionProblem,
  indent: number,
): void {
  const { fault, start, end, what, word, allowed } = problem;
  const span = document.locateInside(pointer, start + indent, end + indent);
  const closest = word === undefined || allowed === undefined ? undefined : findSpelling(word, allowed);
  const replacement = problem.replacement ?? closest;
  reporter.report(
    fault,
    pointer,
    { what, hint: nameHint(closest, problem.hint) },
    {
      span,
      ...(allowed !== undefined && { allowed }),
      ...(replacement !== undefined && { fix: replaceSpan(span, replacement) }),
    },
  );
}

function replaceSpan({ line, column, endLine, endColumn }: Span, text: string): Fix {
  return { description: `write ${text}`, edits: [{ line, column, endLine, endColumn, text }] };
}
