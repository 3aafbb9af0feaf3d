import type { Reporter } from '../../diagnostics/reporter.ts';
import type { LocatedDocument } from '../located-document.ts';
import type { SpecValue } from '../spec-value.ts';

/** What the reports look at beside the problem. */
export interface ShapeContext {
  readonly document: LocatedDocument;
  readonly reporter: Reporter;
  /** The whole spec as written. */
  readonly root: SpecValue;
}
