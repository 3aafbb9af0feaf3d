import type { LocatedDocument } from '../located-document.ts';
import type { ShapeProblem } from './shape-problem.ts';

/** Whether the problem would stand even if everything from the error on were written differently. */
export function isBeforeError(document: LocatedDocument, problem: ShapeProblem, errorAt: number | undefined): boolean {
  if (errorAt === undefined) return true;
  const place = document.place(problem.pointer);
  if (place === undefined) return false;
  const line = document.source.lineStart(errorAt);
  const dependsOnWhole = problem.kind === 'missing-key' || problem.kind === 'wrong-count';
  return dependsOnWhole ? place.value[1] < line : (place.key ?? place.value)[0] < line;
}
