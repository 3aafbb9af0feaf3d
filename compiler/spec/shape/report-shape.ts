import { reportKeyProblem } from './report-key.ts';
import { reportValueProblem } from './report-value.ts';
import type { ShapeContext } from './shape-context.ts';
import type { ShapeProblem } from './shape-problem.ts';

/** Tells one problem in the terms of the language. */
export function reportShape(context: ShapeContext, problem: ShapeProblem): void {
  switch (problem.kind) {
    case 'unknown-key':
    case 'missing-key':
    case 'planned-key':
    case 'bad-name':
    case 'misplaced-key':
      return reportKeyProblem(context, problem);
    default:
      return reportValueProblem(context, problem);
  }
}
