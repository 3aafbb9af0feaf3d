import type { Edit, Fix } from './diagnostic.ts';

/** A text after some fixes. */
export interface FixedText {
  readonly text: string;
  /** Of the fixes given, those that were carried out, in their order. */
  readonly applied: readonly Fix[];
}

/** An edit by offsets. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Carries out fixes, each wholly or not at all: one that touches what an earlier one changes is left
 * for another round, since its places may then mean something else.
 */
export function applyFixes(text: string, fixes: readonly Fix[]): FixedText {
  const lines = lineStarts(text);
  const taken: Stretch[] = [];
  const applied: Fix[] = [];
  for (const fix of fixes) {
    const stretches = fix.edits.map((edit) => toStretch(edit, lines));
    if (stretches.some((one) => taken.some((other) => overlap(one, other)))) continue;
    taken.push(...stretches);
    applied.push(fix);
  }
  return { text: replaceAll(text, taken), applied };
}

function replaceAll(text: string, stretches: readonly Stretch[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, text: replacement } of stretches.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    parts.push(text.slice(at, start), replacement);
    at = end;
  }
  return parts.join('') + text.slice(at);
}

/** Two that only touch overlap too: in which order their texts belong, nobody has said. */
function overlap(a: Stretch, b: Stretch): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function toStretch(edit: Edit, lines: readonly number[]): Stretch {
  const offset = (line: number, column: number): number => (lines[line - 1] ?? 0) + column - 1;
  return { start: offset(edit.line, edit.column), end: offset(edit.endLine, edit.endColumn), text: edit.text };
}

function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}
