import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Located } from '../diagnostics/span.ts';
import type { Spec } from './spec.ts';

/** What the text says, where it says it, and what is wrong with it. */
export interface ReadSpec {
  /** The valid remainder of the spec: refused nodes are left out. Absent when there is no map to read. */
  readonly spec: Spec | undefined;
  /** Positions by pointer; knows which nodes were refused. */
  readonly document: Located;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}
