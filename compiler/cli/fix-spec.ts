import { analyze } from '../analyze.ts';
import { applyFixes } from '../diagnostics/apply-fixes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** A spec after its certain fixes. */
export interface FixedSpec {
  readonly text: string;
  /** The diagnostics whose fixes were carried out, with the places they had when they were. */
  readonly fixed: readonly Diagnostic[];
  /** What is left, at its places in `text`. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A mend may uncover the next mistake; no spec that anyone wrote has so many layers of them. */
const MAX_ROUNDS = 20;

/** Carries out the fixes of a spec's diagnostics until none is left, or nothing changes any more; pure. */
export function fixSpec(original: string, file: string): FixedSpec {
  const seen = new Set<string>();
  const fixed: Diagnostic[] = [];
  let text = original;
  for (;;) {
    const { diagnostics } = analyze(text, file);
    const fixable = diagnostics.filter(({ fix }) => fix !== undefined);
    // A text seen before: two fixes undo each other, and a person has to choose.
    if (fixable.length === 0 || seen.has(text) || seen.size === MAX_ROUNDS) return { text, fixed, diagnostics };
    seen.add(text);
    const { text: next, applied } = applyFixes(
      text,
      fixable.flatMap(({ fix }) => fix ?? []),
    );
    fixed.push(...fixable.filter(({ fix }) => applied.some((one) => one === fix)));
    text = next;
  }
}
