import type { Reporter } from '../../diagnostics/reporter.ts';
import type { LocatedDocument } from '../located-document.ts';
import type { SpecValue } from '../spec-value.ts';
import { reportKeyProblem } from './report-key.ts';
import { reportValueProblem } from './report-value.ts';
import type { ShapeProblem } from './shape-problem.ts';

/** What the reports look at beside the problem. */
export interface ShapeContext {
  readonly document: LocatedDocument;
  readonly reporter: Reporter;
  /** The whole spec as written. */
  readonly root: SpecValue;
}

/** Tells one problem in the terms of the language. */
export function reportShape(context: ShapeContext, problem: ShapeProblem): void {
  switch (problem.kind) {
    case 'unknown-key':
    case 'missing-key':
    case 'planned-key':
    case 'bad-name':
      return reportKeyProblem(context, problem);
    default:
      return reportValueProblem(context, problem);
  }
}
